//! What AWS Config charges, from `prices.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

static PRICES: LazyLock<Prices> =
    LazyLock::new(|| toml::from_str(include_str!("prices.toml")).expect("the tests read the file"));

/// What AWS Config charges, and what is known of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prices {
    pub(super) date: String,
    pub(super) region: String,
    pub(super) currency: String,
    pub(super) source: String,
    pub(super) tiers: Vec<Tier>,
    pub(super) facts: Vec<Fact>,
}

/// A price, and up to which evaluation of a month in one account and region it holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tier {
    up_to: Option<u64>,
    price: f64,
    confirmed: bool,
}

/// Something else that decides what is billed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub(super) text: String,
    pub(super) confirmed: bool,
}

/// Millionths of the currency: sums of them are exact.
pub(super) type Micros = u64;

pub(super) fn prices() -> &'static Prices {
    &PRICES
}

impl Prices {
    /// The price of a month's evaluations in one account and region.
    pub(super) fn of(&self, evaluations: u64) -> Micros {
        let mut below = 0;
        let mut sum = 0;
        for tier in &self.tiers {
            let up_to = tier.up_to.unwrap_or(u64::MAX).min(evaluations);
            sum += up_to.saturating_sub(below) * tier.micros();
            below = up_to.max(below);
        }
        sum
    }

    /// What is not confirmed, a sentence each.
    pub(super) fn unconfirmed(&self) -> impl Iterator<Item = String> {
        let tiers = self.tiers.iter().enumerate().filter(|(_, tier)| !tier.confirmed).map(|(index, tier)| {
            let above = index.checked_sub(1).and_then(|before| self.tiers[before].up_to).unwrap_or_default();
            format!("Above {above} evaluations, one costs {} {}.", tier.price, self.currency)
        });
        tiers.chain(self.facts.iter().filter(|fact| !fact.confirmed).map(|fact| fact.text.clone()))
    }
}

impl Tier {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a price is small and not negative")]
    fn micros(&self) -> Micros {
        (self.price * 1e6).round() as Micros
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tiers_of_the_file_end_with_one_that_has_no_end() {
        let bounds: Vec<_> = prices().tiers.iter().map(|tier| tier.up_to).collect();
        assert_eq!(bounds, [Some(100_000), Some(500_000), None]);
    }

    // Computed by hand: 100,000 at 0.001 are 100; the 400,000 that follow at 0.0008 are 320; what follows costs 0.0005.
    #[test]
    fn each_evaluation_has_the_price_of_its_tier() {
        for (evaluations, micros) in [
            (0, 0),
            (1, 1_000),
            (99_999, 99_999_000),
            (100_000, 100_000_000),
            (100_001, 100_000_800),
            (500_000, 420_000_000),
            (500_001, 420_000_500),
            (1_500_000, 920_000_000),
        ] {
            assert_eq!(prices().of(evaluations), micros, "{evaluations}");
        }
    }

    #[test]
    fn what_is_not_confirmed_is_said() {
        let said: Vec<_> = prices().unconfirmed().collect();
        assert_eq!(said[0], "Above 500000 evaluations, one costs 0.0005 USD.");
        assert!(said[1].contains("NOT_APPLICABLE"), "{said:?}");
    }
}
