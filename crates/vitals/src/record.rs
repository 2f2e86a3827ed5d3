//! One verdict on one resource, as `check` hands it to whoever writes it, and the totals of all of them.

use std::collections::BTreeMap;

use config_item::ConfigurationItem;
use config_rule::{Compliance, Entry};
use exceptions::{Exception, Ruling};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What one rule says of one resource.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) entry: &'static Entry,
    /// What the file that the item stands in is called in messages.
    pub(crate) source: &'a str,
    pub(crate) resource_type: &'a str,
    pub(crate) resource_id: &'a str,
    pub(crate) resource_name: Option<&'a str>,
    pub(crate) arn: Option<&'a str>,
    pub(crate) account_id: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    pub(crate) compliance: Compliance,
    pub(crate) annotation: Option<&'a str>,
    /// The exception that acted on the verdict.
    pub(crate) exception: Option<&'a Exception>,
}

impl<'a> Record<'a> {
    /// A rule's verdict on an item.
    pub(crate) fn of(
        entry: &'static Entry,
        item: &'a ConfigurationItem<'_>,
        source: &'a str,
        ruling: &'a Ruling<'_>,
    ) -> Self {
        Self {
            entry,
            source,
            resource_type: item.resource_type(),
            resource_id: item.resource_id(),
            resource_name: item.resource_name(),
            arn: item.arn(),
            account_id: item.account_id(),
            region: item.region(),
            compliance: ruling.compliance,
            annotation: ruling.annotation.as_deref(),
            exception: ruling.exception,
        }
    }

    /// The reason, or that there is none.
    pub(crate) fn reason(&self) -> &'a str {
        self.annotation.unwrap_or("no reason given")
    }

    /// The resource in the words that scripts rely on, which all verdicts on it share.
    pub(crate) fn resource_words(&self) -> Vec<u8> {
        let mut words = Vec::with_capacity(256);
        words.extend_from_slice(br#""resourceType":"#);
        append_text(&mut words, Some(self.resource_type));
        words.extend_from_slice(br#","resourceId":"#);
        append_text(&mut words, Some(self.resource_id));
        words.extend_from_slice(br#","accountId":"#);
        append_text(&mut words, self.account_id);
        words.extend_from_slice(br#","region":"#);
        append_text(&mut words, self.region);
        words
    }

    /// Appends the verdict in the words that scripts rely on: a JSON object in a line.
    pub(crate) fn write_words(&self, resource: &[u8], into: &mut Vec<u8>) {
        into.extend_from_slice(br#"{"rule":""#);
        into.extend_from_slice(self.entry.metadata.id.as_bytes());
        into.extend_from_slice(br#"","#);
        into.extend_from_slice(resource);
        into.extend_from_slice(br#","compliance":""#);
        into.extend_from_slice(self.compliance.as_str().as_bytes());
        into.extend_from_slice(br#"","annotation":"#);
        append_text(into, self.annotation);
        if let Some(exception) = self.exception {
            into.extend_from_slice(br#","exception":"#);
            let words = ExceptionWords {
                ticket: &exception.ticket,
                owner: &exception.owner,
                reason: &exception.reason,
                starts: exception.starts,
                expires: exception.expires,
                effect: exception.effect.as_str(),
            };
            append_json(into, &words);
        }
        into.push(b'}');
    }
}

/// Appends JSON in one line.
pub(crate) fn append_json(into: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(into, value).expect("memory takes any text");
}

/// Appends a string or `null`. Nearly every text stands for itself in JSON.
fn append_text(into: &mut Vec<u8>, text: Option<&str>) {
    // Without an early end, many bytes are looked at together.
    let plain = |plain, byte| plain & !matches!(byte, b'"' | b'\\' | 0..b' ');
    match text {
        Some(text) if text.bytes().fold(true, plain) => {
            into.push(b'"');
            into.extend_from_slice(text.as_bytes());
            into.push(b'"');
        }
        text => append_json(into, &text),
    }
}

/// The exception that acted on a verdict, as `ndjson` and `json` write it. Scripts rely on these names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExceptionWords<'a> {
    ticket: &'a str,
    owner: &'a str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<Date>,
    expires: Date,
    effect: &'a str,
}

/// How many verdicts there were of each kind. `json` writes it; scripts rely on these names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counts {
    pub(crate) compliant: u64,
    pub(crate) non_compliant: u64,
    pub(crate) not_applicable: u64,
    /// How many of them an exception acted on.
    #[serde(default)]
    pub(crate) excepted: u64,
    /// How many are noncompliant without an exception.
    #[serde(skip)]
    pub(crate) open: u64,
}

impl Counts {
    fn count(&mut self, compliance: Compliance, excepted: bool) {
        self.excepted += u64::from(excepted);
        self.open += u64::from(compliance == Compliance::NonCompliant && !excepted);
        match compliance {
            Compliance::Compliant => self.compliant += 1,
            Compliance::NonCompliant => self.non_compliant += 1,
            Compliance::NotApplicable => self.not_applicable += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.compliant += other.compliant;
        self.non_compliant += other.non_compliant;
        self.not_applicable += other.not_applicable;
        self.excepted += other.excepted;
        self.open += other.open;
    }

    pub(crate) fn all(self) -> u64 {
        self.compliant + self.non_compliant + self.not_applicable
    }
}

/// The counts of all verdicts and of each rule that judged, even if it found nothing to judge.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Totals {
    #[serde(flatten)]
    pub(crate) all: Counts,
    pub(crate) rules: BTreeMap<&'static str, Counts>,
}

impl Totals {
    pub(crate) fn of(rules: &[&'static Entry]) -> Self {
        Tally::of(rules.len()).totals(rules)
    }

    /// Counts a verdict of a rule, on which an exception acted or not.
    pub(crate) fn count(&mut self, rule: &'static str, compliance: Compliance, excepted: bool) {
        self.all.count(compliance, excepted);
        self.rules.entry(rule).or_default().count(compliance, excepted);
    }
}

/// Counts by the place of the rule among those that judge: what is quick to keep for every batch of items.
pub(crate) struct Tally(Vec<Counts>);

impl Tally {
    /// For so many rules.
    pub(crate) fn of(rules: usize) -> Self {
        Self(vec![Counts::default(); rules])
    }

    /// Counts a verdict of the rule at this place, on which an exception acted or not.
    pub(crate) fn count(&mut self, place: usize, compliance: Compliance, excepted: bool) {
        self.0[place].count(compliance, excepted);
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn add(&mut self, other: &Self) {
        for (counts, more) in self.0.iter_mut().zip(&other.0) {
            counts.add(*more);
        }
    }

    /// The totals by these rules' ids.
    pub(crate) fn totals(self, rules: &[&'static Entry]) -> Totals {
        let mut all = Counts::default();
        self.0.iter().for_each(|counts| all.add(*counts));
        Totals { all, rules: rules.iter().map(|entry| entry.metadata.id).zip(self.0).collect() }
    }
}
