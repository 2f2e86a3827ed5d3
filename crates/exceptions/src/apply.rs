//! What becomes of a verdict.

use config_item::ConfigurationItem;
use config_rule::{Compliance, Verdict};
use jiff::Timestamp;

use crate::{Effect, Exception, Exceptions};

/// How the annotation of every verdict begins that an exception acts on: alerts leave these out by it.
pub const PREFIX: &str = "exception ";

/// Most characters of a reason in an annotation, so that what was found has a place beside it.
const REASON_SHOWN: usize = 100;

/// The resource that a verdict is about, as far as exceptions can name it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    account: Option<&'a str>,
    id: &'a str,
    /// Where name, ARN and tags are.
    item: Option<&'a ConfigurationItem<'a>>,
}

impl<'a> Subject<'a> {
    /// The resource of a configuration item.
    #[must_use]
    pub fn of(item: &'a ConfigurationItem<'a>) -> Self {
        Self { account: item.account_id(), id: item.resource_id(), item: Some(item) }
    }

    /// A resource of which no more than its id is known: that of a rule over facts.
    #[must_use]
    pub fn known_by_id(id: &'a str, account: &'a str) -> Self {
        Self { account: Some(account), id, item: None }
    }
}

/// A verdict as it is told: after the exceptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling<'e> {
    /// What is told.
    pub compliance: Compliance,
    /// Why: one line that AWS Config takes as an annotation.
    pub annotation: Option<String>,
    /// The exception that acted on the verdict.
    pub exception: Option<&'e Exception>,
}

impl Ruling<'_> {
    /// A verdict that no exception acts on.
    #[must_use]
    pub fn plain(verdict: &Verdict) -> Self {
        Self { compliance: verdict.compliance(), annotation: verdict.annotation(), exception: None }
    }
}

impl Exceptions {
    /// What becomes of a rule's verdict on a resource. Only noncompliant ones are ever touched.
    ///
    /// Of several exceptions, the first of the file that matches and is in force acts.
    #[must_use]
    pub fn apply(&self, rule: &str, subject: Subject<'_>, verdict: &Verdict, now: Timestamp) -> Ruling<'_> {
        let Verdict::NonCompliant(found) = verdict else { return Ruling::plain(verdict) };
        let exception = self.of(rule).iter().find(|exception| exception.is_in_force(now) && exception.matches(subject));
        let Some(exception) = exception else { return Ruling::plain(verdict) };
        let compliance = match exception.effect {
            Effect::Annotate => Compliance::NonCompliant,
            Effect::Compliant => Compliance::Compliant,
        };
        // Longer than AWS Config takes, it is cut as any reason is.
        let annotation = Verdict::non_compliant(exception.annotation(found)).annotation();
        Ruling { compliance, annotation, exception: Some(exception) }
    }
}

impl Exception {
    /// Whether this is a resource that the exception names, at whatever time.
    ///
    /// Tags that can't be read match no pattern: in doubt, nothing is excepted.
    #[must_use]
    pub fn matches(&self, subject: Subject<'_>) -> bool {
        let item = subject.item;
        self.account.as_deref().is_none_or(|account| subject.account == Some(account))
            && self.resource.as_ref().is_none_or(|pattern| {
                let (name, arn) = (item.and_then(|item| item.resource_name()), item.and_then(|item| item.arn()));
                [Some(subject.id), name, arn].into_iter().flatten().any(|text| pattern.matches(text))
            })
            && self.tag.as_ref().is_none_or(|tag| {
                let tags = item.and_then(|item| item.tags().ok()).unwrap_or_default();
                tags.get(&tag.key).is_some_and(|value| tag.value.matches(value))
            })
    }

    fn annotation(&self, found: &str) -> String {
        format!("{PREFIX}{} until {}: {}; found: {found}", self.ticket, self.expires, self.shown_reason())
    }

    /// The reason, cut to what annotations show of it.
    pub(crate) fn shown_reason(&self) -> String {
        if self.reason.chars().count() <= REASON_SHOWN {
            return self.reason.clone();
        }
        let mut shown: String = self.reason.chars().take(REASON_SHOWN - 3).collect();
        shown.push_str("...");
        shown
    }
}
