//! Exceptions: noncompliance that somebody accepted, with an owner, a ticket, a reason and an end. No I/O, no clock.
//!
//! People write a TOML file ([`Exceptions::parse`]); a Lambda function gets the exceptions of its rule as compact JSON
//! ([`Exceptions::compact`], [`Exceptions::from_compact`]). Whoever has a verdict asks [`Exceptions::apply`] what becomes
//! of it: the command line and the functions get the same answer.

mod apply;
mod compact;
mod file;
mod overlap;
mod pattern;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

pub use apply::{PREFIX, Ruling, Subject};
pub use compact::{CompactError, LIMIT};
pub use file::Mistake;
pub use pattern::Pattern;

/// How many days before its end an exception deserves a warning.
pub const WARNING_DAYS: i32 = 30;

/// One rule's noncompliance, accepted for some resources and for some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule's id.
    #[serde(skip)]
    pub rule: String,
    /// The line of the file that the exception begins at, which tells it from the others; 0 in a compact form.
    #[serde(skip)]
    pub line: usize,
    /// The account of the resources; any, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// What the resource's id, name or ARN looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Pattern>,
    /// A tag that the resource has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
    /// Who answers for it.
    pub owner: String,
    /// Where the decision is written down.
    pub ticket: String,
    /// Why it was accepted, in one line.
    pub reason: String,
    /// The first day, in UTC; none, where it holds from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Date>,
    /// The last day, in UTC: it holds until that day is over.
    pub expires: Date,
    /// What becomes of the verdict.
    #[serde(default, skip_serializing_if = "Effect::is_default")]
    pub effect: Effect,
}

/// A tag that the resource must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// The key; case counts, as it does for AWS.
    pub key: String,
    /// What the value looks like.
    pub value: Pattern,
}

/// What becomes of a noncompliant verdict.
///
/// There is no `not-applicable`: AWS Config deletes such results, and the exception would vanish from sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// It stays noncompliant, and its annotation names the exception.
    #[default]
    Annotate,
    /// It becomes compliant, and its annotation names the exception.
    Compliant,
}

impl Effect {
    /// The effect as it is written in the file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Annotate => "annotate",
            Self::Compliant => "compliant",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Exception {
    /// Whether it holds at this time.
    #[must_use]
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        !self.is_over(now) && self.starts.is_none_or(|starts| starts <= day(now))
    }

    /// Whether its last day is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires < day(now)
    }

    /// Whether it ends within [`WARNING_DAYS`] days, and isn't over yet.
    #[must_use]
    pub fn ends_soon(&self, now: Timestamp) -> bool {
        !self.is_over(now) && self.expires <= day(now).saturating_add(WARNING_DAYS.days())
    }
}

/// The day of a time in UTC, in which exceptions begin and end.
fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// Exceptions that were found to be in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// By rule, and within a rule in the file's order.
    by_rule: BTreeMap<String, Vec<Exception>>,
}

impl Exceptions {
    fn new(exceptions: impl IntoIterator<Item = Exception>) -> Self {
        let mut by_rule: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for exception in exceptions {
            by_rule.entry(exception.rule.clone()).or_default().push(exception);
        }
        Self { by_rule }
    }

    /// All of them, by rule and within a rule in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Exception> {
        self.by_rule.values().flatten()
    }

    /// Those of a rule, in the file's order: of several that match a resource, the first one in force applies.
    #[must_use]
    pub fn of(&self, rule: &str) -> &[Exception] {
        self.by_rule.get(rule).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those that hold at this time.
    #[must_use]
    pub fn in_force(&self, now: Timestamp) -> Self {
        Self::new(self.iter().filter(|exception| exception.is_in_force(now)).cloned())
    }

    /// The rules that have any, in alphabetical order.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.by_rule.keys().map(String::as_str)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_rule.is_empty()
    }
}
