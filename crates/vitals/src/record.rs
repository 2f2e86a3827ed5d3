//! One verdict on one resource, as `check` hands it to whoever writes it, and the totals of all of them.

use std::collections::BTreeMap;

use config_rule::{Compliance, Entry};
use exceptions::{Exception, Ruling};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::judge::Head;

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
    pub(crate) fn of(entry: &'static Entry, item: &'a Head, source: &'a str, ruling: &'a Ruling<'_>) -> Self {
        Self {
            entry,
            source,
            resource_type: &item.resource_type,
            resource_id: &item.resource_id,
            resource_name: item.resource_name.as_deref(),
            arn: item.arn.as_deref(),
            account_id: item.account_id.as_deref(),
            region: item.region.as_deref(),
            compliance: ruling.compliance,
            annotation: ruling.annotation.as_deref(),
            exception: ruling.exception,
        }
    }

    /// The reason, or that there is none.
    pub(crate) fn reason(&self) -> &'a str {
        self.annotation.unwrap_or("no reason given")
    }

    /// Whether it is noncompliant, and nobody accepted that.
    pub(crate) fn is_open(&self) -> bool {
        self.compliance == Compliance::NonCompliant && self.exception.is_none()
    }

    /// The verdict in the words that scripts rely on.
    pub(crate) fn words(&self) -> Words<'a> {
        Words {
            rule: self.entry.metadata.id,
            resource_type: self.resource_type,
            resource_id: self.resource_id,
            account_id: self.account_id,
            region: self.region,
            compliance: self.compliance.as_str(),
            annotation: self.annotation,
            exception: self.exception.map(|exception| ExceptionWords {
                ticket: &exception.ticket,
                owner: &exception.owner,
                reason: &exception.reason,
                starts: exception.starts,
                expires: exception.expires,
                effect: exception.effect.as_str(),
            }),
        }
    }
}

/// One verdict, as `ndjson` and `json` write it. Scripts rely on these names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Words<'a> {
    rule: &'a str,
    resource_type: &'a str,
    resource_id: &'a str,
    account_id: Option<&'a str>,
    region: Option<&'a str>,
    compliance: &'a str,
    annotation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<ExceptionWords<'a>>,
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
}

impl Counts {
    pub(crate) fn count(&mut self, record: &Record<'_>) {
        self.excepted += u64::from(record.exception.is_some());
        match record.compliance {
            Compliance::Compliant => self.compliant += 1,
            Compliance::NonCompliant => self.non_compliant += 1,
            Compliance::NotApplicable => self.not_applicable += 1,
        }
    }

    pub(crate) fn all(self) -> u64 {
        self.compliant + self.non_compliant + self.not_applicable
    }
}

/// The counts of all verdicts and of each rule that judged, even if it found nothing to judge.
#[derive(Debug, Serialize)]
pub(crate) struct Totals {
    #[serde(flatten)]
    pub(crate) all: Counts,
    pub(crate) rules: BTreeMap<&'static str, Counts>,
    /// How many are noncompliant without an exception.
    #[serde(skip)]
    pub(crate) open: u64,
}

impl Totals {
    pub(crate) fn of(rules: &[&'static Entry]) -> Self {
        Self {
            all: Counts::default(),
            rules: rules.iter().map(|entry| (entry.metadata.id, Counts::default())).collect(),
            open: 0,
        }
    }

    pub(crate) fn count(&mut self, record: &Record<'_>) {
        self.all.count(record);
        self.rules.entry(record.entry.metadata.id).or_default().count(record);
        self.open += u64::from(record.is_open());
    }
}
