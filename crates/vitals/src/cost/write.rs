//! The estimate as a table or JSON.

use std::io::Write;

use anyhow::Result;
use jiff::Timestamp;
use serde::Serialize;

use crate::cost::estimate::{Bill, Estimate, MONTH_HOURS, Row};
use crate::cost::history::{History, days};
use crate::cost::prices::{Micros, Prices};
use crate::text;

/// Fewer days than this say little of a month.
const ENOUGH_DAYS: f64 = 7.0;

/// An estimate, and what it is made from.
pub(super) struct Report<'a> {
    pub(super) estimate: &'a Estimate,
    pub(super) history: &'a History,
    pub(super) span: (Timestamp, Timestamp),
    pub(super) prices: &'a Prices,
    /// Whether all items could be counted.
    pub(super) complete: bool,
}

/// The estimate, as `json` writes it. Scripts rely on these names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Words<'a> {
    tool: &'static str,
    version: &'static str,
    from: String,
    to: String,
    days: f64,
    items: u64,
    resources: u64,
    month_hours: u64,
    packs: Vec<PackWords<'a>>,
    places: Vec<PlaceWords<'a>>,
    evaluations: u64,
    price: f64,
    currency: &'a str,
    price_date: &'a str,
    price_region: &'a str,
    price_source: &'a str,
    unconfirmed: Vec<String>,
    notes: Vec<String>,
    complete: bool,
}

#[derive(Serialize)]
struct PackWords<'a> {
    framework: Option<&'a str>,
    evaluations: u64,
    price: f64,
    rules: Vec<RuleWords>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleWords {
    rule: &'static str,
    on_change: u64,
    on_schedule: u64,
    evaluations: u64,
    price: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlaceWords<'a> {
    account_id: Option<&'a str>,
    region: Option<&'a str>,
    evaluations: u64,
    price: f64,
}

impl Report<'_> {
    pub(super) fn write_json(&self, out: &mut dyn Write) -> Result<()> {
        let packs = self.estimate.packs.iter().map(|(framework, rows)| PackWords {
            framework: *framework,
            evaluations: rows.iter().map(Row::evaluations).sum(),
            price: units(rows.iter().map(|row| row.price).sum()),
            rules: rows
                .iter()
                .map(|row| RuleWords {
                    rule: row.entry.metadata.id,
                    on_change: row.on_change,
                    on_schedule: row.on_schedule,
                    evaluations: row.evaluations(),
                    price: units(row.price),
                })
                .collect(),
        });
        let places = self.estimate.bills.iter().map(|bill| PlaceWords {
            account_id: bill.place.account.as_deref(),
            region: bill.place.region.as_deref(),
            evaluations: bill.evaluations,
            price: units(bill.price),
        });
        let words = Words {
            tool: "vitals",
            version: env!("CARGO_PKG_VERSION"),
            from: self.span.0.to_string(),
            to: self.span.1.to_string(),
            days: days(self.span),
            items: self.history.items(),
            resources: self.history.resources(),
            month_hours: MONTH_HOURS,
            packs: packs.collect(),
            places: places.collect(),
            evaluations: self.evaluations(),
            price: units(self.price()),
            currency: &self.prices.currency,
            price_date: &self.prices.date,
            price_region: &self.prices.region,
            price_source: &self.prices.source,
            unconfirmed: self.prices.unconfirmed().collect(),
            notes: self.notes(),
            complete: self.complete,
        };
        serde_json::to_writer_pretty(&mut *out, &words).map_err(std::io::Error::from)?;
        writeln!(out)?;
        Ok(())
    }

    pub(super) fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        let currency = self.prices.currency.as_str();
        let mut rules = text::plain_table(["PACK", "RULE", "ON CHANGE", "ON SCHEDULE", "EVALUATIONS", currency]);
        text::align_right(&mut rules, 2..=5);
        for (framework, rows) in &self.estimate.packs {
            for row in rows.iter().filter(|row| row.evaluations() > 0) {
                rules.add_row([
                    framework.unwrap_or("-").to_owned(),
                    row.entry.metadata.id.to_owned(),
                    row.on_change.to_string(),
                    row.on_schedule.to_string(),
                    row.evaluations().to_string(),
                    amount(row.price),
                ]);
            }
        }
        writeln!(out, "{}\n", rules.trim_fmt())?;
        let mut packs = text::plain_table(["PACK", "RULES", "EVALUATIONS", currency]);
        text::align_right(&mut packs, 1..=3);
        for (framework, rows) in &self.estimate.packs {
            packs.add_row([
                framework.unwrap_or("-").to_owned(),
                rows.len().to_string(),
                rows.iter().map(Row::evaluations).sum::<u64>().to_string(),
                amount(rows.iter().map(|row| row.price).sum()),
            ]);
        }
        writeln!(out, "{}\n", packs.trim_fmt())?;
        let mut places = text::plain_table(["ACCOUNT", "REGION", "EVALUATIONS", currency]);
        text::align_right(&mut places, 2..=3);
        for Bill { place, evaluations, price } in &self.estimate.bills {
            places.add_row([
                place.account.as_deref().unwrap_or("-").to_owned(),
                place.region.as_deref().unwrap_or("-").to_owned(),
                evaluations.to_string(),
                amount(*price),
            ]);
        }
        places.add_row(["all".to_owned(), String::new(), self.evaluations().to_string(), amount(self.price())]);
        writeln!(out, "{}\n", places.trim_fmt())?;
        writeln!(
            out,
            "A month of {MONTH_HOURS} hours, from {} items of {} resources in {} days ({} to {}).",
            self.history.items(),
            self.history.resources(),
            days(self.span),
            self.span.0,
            self.span.1
        )?;
        writeln!(out, "Prices of {}, {}: {}.", self.prices.region, self.prices.date, self.prices.source)?;
        for note in self.notes() {
            writeln!(out, "{note}")?;
        }
        for sentence in self.prices.unconfirmed() {
            writeln!(out, "Not confirmed: {sentence}")?;
        }
        if !self.complete {
            writeln!(out, "Not everything could be counted: see the errors.")?;
        }
        Ok(())
    }

    fn evaluations(&self) -> u64 {
        self.estimate.bills.iter().map(|bill| bill.evaluations).sum()
    }

    fn price(&self) -> Micros {
        self.estimate.bills.iter().map(|bill| bill.price).sum()
    }

    /// What whoever reads the numbers must know.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![
            "Evaluations only: Lambda, the recording of items and the first evaluation of a new rule come on top."
                .to_owned(),
        ];
        notes.extend(self.prices.facts.iter().filter(|fact| fact.confirmed).map(|fact| fact.text.clone()));
        if days(self.span) < ENOUGH_DAYS {
            notes.push(format!("Warning: {} days say little of a month; add history files.", days(self.span)));
        }
        if self.history.items() == self.history.resources() {
            notes.push(
                "Warning: there is one item a resource, as in a snapshot, so earlier changes are not counted; add history files."
                    .to_owned(),
            );
        }
        notes
    }
}

/// A price as a number, for programs.
#[expect(clippy::cast_precision_loss, reason = "nobody pays so much")]
fn units(price: Micros) -> f64 {
    price as f64 / 1e6
}

/// A price to the hundredth.
fn amount(price: Micros) -> String {
    let hundredths = (price + 5_000) / 10_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn prices_are_rounded_to_the_hundredth() {
        for (micros, written) in [(0, "0.00"), (4_999, "0.00"), (5_000, "0.01"), (420_000_500, "420.00")] {
            assert_eq!(amount(micros), written);
        }
    }
}
