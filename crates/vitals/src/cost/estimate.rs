//! From what changed to what rules would cost in a month.

use config_rule::{Entry, Frequency, Home};
use jiff::Timestamp;

use crate::cost::history::{History, Place};
use crate::cost::prices::{Micros, Prices};

/// A month as AWS counts it in prices.
pub(super) const MONTH_HOURS: u64 = 730;

/// The type of what a rule on the account itself reports on; no item is of it.
const ACCOUNT: &str = "AWS::::Account";

/// The rules that are deployed together: those of a framework, or all that were chosen.
pub(super) struct Pack {
    pub(super) framework: Option<&'static str>,
    pub(super) rules: Vec<&'static Entry>,
}

/// What one rule of one pack causes in a month, in all places.
pub(super) struct Row {
    pub(super) entry: &'static Entry,
    pub(super) on_change: u64,
    pub(super) on_schedule: u64,
    pub(super) price: Micros,
}

/// What all rules cause in a month, in one place.
pub(super) struct Bill {
    pub(super) place: Place,
    pub(super) evaluations: u64,
    pub(super) price: Micros,
}

/// What rules cause in a month.
pub(super) struct Estimate {
    /// Of each pack, its rules.
    pub(super) packs: Vec<(Option<&'static str>, Vec<Row>)>,
    pub(super) bills: Vec<Bill>,
}

impl Row {
    pub(super) fn evaluations(&self) -> u64 {
        self.on_change + self.on_schedule
    }
}

/// Counts each rule of each pack, as AWS Config does, and prices each place by its own tiers.
pub(super) fn estimate(packs: &[Pack], history: &History, span: (Timestamp, Timestamp), prices: &Prices) -> Estimate {
    let mut rows: Vec<(_, Vec<Row>)> = packs
        .iter()
        .map(|pack| {
            let row = |entry: &&'static Entry| Row { entry, on_change: 0, on_schedule: 0, price: 0 };
            (pack.framework, pack.rules.iter().map(row).collect())
        })
        .collect();
    let mut bills = Vec::new();
    for place in history.places() {
        let caused: Vec<_> = rows
            .iter()
            .flat_map(|(_, rows)| rows)
            .map(|row| (on_change(row.entry, history, place, span), on_schedule(row.entry, history, place)))
            .collect();
        let evaluations = caused.iter().map(|(on_change, on_schedule)| on_change + on_schedule).sum();
        let price = prices.of(evaluations);
        for (row, (on_change, on_schedule)) in rows.iter_mut().flat_map(|(_, rows)| rows).zip(caused) {
            row.on_change += on_change;
            row.on_schedule += on_schedule;
            row.price += share(price, on_change + on_schedule, evaluations);
        }
        bills.push(Bill { place: place.clone(), evaluations, price });
    }
    Estimate { packs: rows, bills }
}

/// A change of each item, at the rate of the span.
fn on_change(entry: &Entry, history: &History, place: &Place, (from, to): (Timestamp, Timestamp)) -> u64 {
    if !entry.metadata.trigger.on_change() {
        return 0;
    }
    let millis = u64::try_from(to.duration_since(from).as_millis()).expect("the span has a length");
    let month = MONTH_HOURS * 60 * 60 * 1000;
    let items = history.items_of(place, entry.resource_types);
    nearest(u128::from(items) * u128::from(month), millis)
}

/// A run of the schedule judges every resource that is there.
fn on_schedule(entry: &Entry, history: &History, place: &Place) -> u64 {
    let Some(frequency) = entry.metadata.trigger.frequency() else { return 0 };
    let mut judged = history.resources_of(place, entry.resource_types);
    if entry.resource_types.contains(&ACCOUNT) && is_home(entry.metadata.home, history, place) {
        judged += 1;
    }
    nearest(u128::from(judged) * u128::from(MONTH_HOURS), hours(frequency))
}

/// Whether a rule on the account runs in a place: in every region, or in one that stands for its home.
fn is_home(home: Home, history: &History, place: &Place) -> bool {
    match home {
        Home::Regional => place.region.as_deref() != Some("global"),
        Home::HomeRegion | Home::UsEast1 => {
            history.places().find(|other| other.account == place.account).is_some_and(|first| first == place)
        }
    }
}

fn hours(frequency: Frequency) -> u64 {
    match frequency {
        Frequency::OneHour => 1,
        Frequency::ThreeHours => 3,
        Frequency::SixHours => 6,
        Frequency::TwelveHours => 12,
        Frequency::TwentyFourHours => 24,
    }
}

/// The part of a price that falls to a rule.
fn share(price: Micros, evaluations: u64, all: u64) -> Micros {
    if all == 0 { 0 } else { nearest(u128::from(price) * u128::from(evaluations), all) }
}

/// A quotient, rounded to the nearest whole number.
fn nearest(dividend: u128, divisor: u64) -> u64 {
    let divisor = u128::from(divisor);
    u64::try_from((dividend + divisor / 2) / divisor).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use config_item::ConfigurationItem;

    use super::*;
    use crate::cost::history::Captured;
    use crate::cost::prices::prices;

    fn history(items: &[(&str, &str, &str, &str)]) -> History {
        let mut history = History::default();
        for (region, resource_type, id, time) in items {
            let item = format!(
                r#"{{"awsAccountId":"111122223333","awsRegion":"{region}","resourceType":"{resource_type}","resourceId":"{id}","configurationItemStatus":"{}","configurationItemCaptureTime":"{time}"}}"#,
                if id.starts_with("deleted") { "ResourceDeleted" } else { "OK" }
            );
            let item = ConfigurationItem::from_json(&item).expect("an item");
            history.take(Captured::of(&item, true).expect("a time"));
        }
        history
    }

    fn packs(rules: &[&[&str]]) -> Vec<Pack> {
        let entry = |id: &&str| rules::find(id).expect("a rule");
        rules.iter().map(|ids| Pack { framework: None, rules: ids.iter().map(entry).collect() }).collect()
    }

    // 73 hours are a tenth of a month: what happened in them happens ten times.
    const FROM: &str = "2026-11-01T00:00:00Z";
    const TO: &str = "2026-11-04T01:00:00Z";

    fn estimate_of(rules: &[&[&str]], items: &[(&str, &str, &str, &str)]) -> Estimate {
        let history = history(items);
        estimate(&packs(rules), &history, history.span().expect("a span"), prices())
    }

    #[test]
    fn every_item_is_an_evaluation_for_each_rule_of_its_type_in_each_pack() {
        let volume = "AWS::EC2::Volume";
        let estimate = estimate_of(
            &[&["encrypted-volumes", "restricted-ssh"], &["encrypted-volumes"]],
            &[("us-east-1", volume, "a", FROM), ("us-east-1", volume, "a", TO), ("us-west-2", volume, "b", TO)],
        );
        let counted: Vec<_> = estimate
            .packs
            .iter()
            .map(|(_, rows)| rows.iter().map(|row| (row.evaluations(), row.price)).collect::<Vec<_>>())
            .collect();
        // Three items, ten times, 30 evaluations at 0.001 for each of the two packs.
        assert_eq!(counted, [vec![(30, 30_000), (0, 0)], vec![(30, 30_000)]]);
        let bills: Vec<_> = estimate.bills.iter().map(|bill| (bill.evaluations, bill.price)).collect();
        assert_eq!(bills, [(40, 40_000), (20, 20_000)]);
    }

    #[test]
    fn a_schedule_judges_what_is_there_at_the_end() {
        let certificate = "AWS::ACM::Certificate";
        let estimate = estimate_of(
            &[&["acm-certificate-expiration-check"]],
            &[
                ("us-east-1", certificate, "a", FROM),
                ("us-east-1", certificate, "a", TO),
                ("us-east-1", certificate, "b", TO),
                ("us-east-1", certificate, "deleted", TO),
            ],
        );
        let row = &estimate.packs[0].1[0];
        // Four items, ten times; two certificates, 730 / 24 times, which is 60.83.
        assert_eq!((row.on_change, row.on_schedule), (40, 61));
    }

    #[test]
    fn a_rule_on_the_account_is_judged_once_a_region() {
        let items = [
            ("global", "AWS::IAM::User", "a", FROM),
            ("us-east-1", "AWS::EC2::VPC", "b", TO),
            ("us-west-2", "AWS::EC2::VPC", "c", TO),
        ];
        let estimate = estimate_of(&[&["config-delivery-channel-sns"]], &items);
        // 730 / 24 is 30.4, in two regions.
        assert_eq!(estimate.packs[0].1[0].on_schedule, 60);
        let history = history(&items);
        let homes = history.places().filter(|place| is_home(Home::HomeRegion, &history, place)).count();
        assert_eq!(homes, 1);
    }

    #[test]
    fn each_place_has_its_own_tiers_and_rules_share_its_price() {
        // Of 60,000 items a month's tenth, half in each region: 300,000 evaluations in each, 100 + 200,000 * 0.0008.
        let items: Vec<_> = (0..60_000)
            .map(|index| {
                let region = if index % 2 == 0 { "us-east-1" } else { "us-west-2" };
                (region, "AWS::EC2::Volume", "a", if index < 30_000 { FROM } else { TO })
            })
            .collect();
        let estimate = estimate_of(&[&["encrypted-volumes"]], &items);
        let bills: Vec<_> = estimate.bills.iter().map(|bill| (bill.evaluations, bill.price)).collect();
        assert_eq!(bills, [(300_000, 260_000_000), (300_000, 260_000_000)]);
        assert_eq!(estimate.packs[0].1[0].price, 520_000_000);
    }
}
