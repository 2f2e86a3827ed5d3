//! What changed, as a table, JSON or ndjson.

use std::cmp::Reverse;
use std::io::Write;

use anyhow::Result;
use config_rule::Severity;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::CheckFormat;
use crate::compare::BETWEEN;
use crate::sink::{BEGINNING, Elements, write_json};
use crate::text;

/// What kind of change; the order is that of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// Noncompliant now and not before, on a resource that was there or on one that appeared.
    New,
    /// Noncompliant by a rule that the earlier run didn't judge by.
    NotJudgedBefore,
    /// Noncompliant before and not any more.
    Resolved,
    /// Noncompliant before; this run has no verdict, though the resource is there.
    NotJudgedNow,
    /// The resource wasn't there before.
    Appeared,
    /// The resource isn't there any more.
    Gone,
    /// Noncompliant before and now. It is counted, but it is no change.
    Unchanged,
}

const KINDS: [(Kind, &str, &str); 7] = [
    (Kind::New, "new", "newly noncompliant"),
    (Kind::NotJudgedBefore, "not-judged-before", "noncompliant by a rule that did not judge before"),
    (Kind::Resolved, "resolved", "resolved"),
    (Kind::NotJudgedNow, "not-judged-now", "noncompliant before, not judged now"),
    (Kind::Appeared, "appeared", "resources appeared"),
    (Kind::Gone, "gone", "resources gone"),
    (Kind::Unchanged, "unchanged", "noncompliant as before"),
];

/// One change. The order is that of the output: by kind, the worst first, and then by rule and resource.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change<'a> {
    pub(super) kind: Kind,
    severity: Reverse<Option<Severity>>,
    rule: Option<&'a str>,
    resource: &'a str,
    annotation: Option<&'a str>,
}

/// One change, as `ndjson` and `json` write it. Scripts rely on these names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Words<'a> {
    change: Kind,
    rule: Option<&'a str>,
    resource_type: &'a str,
    resource_id: &'a str,
    account_id: Option<&'a str>,
    region: Option<&'a str>,
    annotation: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// Whether an exception accepts what is noncompliant now.
    pub(super) fn is_excepted(&self) -> bool {
        self.annotation.is_some_and(|annotation| annotation.starts_with(exceptions::PREFIX))
    }

    pub(super) fn of_verdict(kind: Kind, rule: &'a str, resource: &'a str, annotation: Option<&'a str>) -> Self {
        let severity = Reverse(rules::find(rule).map(|entry| entry.metadata.severity));
        Self { kind, severity, rule: Some(rule), resource, annotation }
    }

    pub(super) fn of_resource(kind: Kind, resource: &'a str) -> Self {
        Self { kind, severity: Reverse(None), rule: None, resource, annotation: None }
    }

    fn words(&self) -> Words<'a> {
        let mut parts = self.resource.split(BETWEEN);
        let mut part = || parts.next().unwrap_or_default();
        let (resource_type, resource_id, account_id, region) = (part(), part(), part(), part());
        let known = |part: &'a str| Some(part).filter(|part| !part.is_empty());
        Words {
            change: self.kind,
            rule: self.rule,
            resource_type,
            resource_id,
            account_id: known(account_id),
            region: known(region),
            annotation: self.annotation,
        }
    }

    fn line(&self) -> String {
        let words = self.words();
        let resource = text::resource(words.resource_id, None, words.account_id, words.region);
        let line = match (self.rule, self.severity.0) {
            (Some(rule), Some(severity)) => {
                format!("{rule} ({severity}): {resource}: {}", self.annotation.unwrap_or("no reason given"))
            }
            (Some(rule), None) => format!("{rule}: {resource}: {}", self.annotation.unwrap_or("no reason given")),
            (None, _) => format!("{} {resource}", words.resource_type),
        };
        text::printable(&line).into_owned()
    }
}

/// Writes changes that are in order.
pub(super) fn write(changes: &[Change<'_>], format: CheckFormat, complete: bool, out: &mut dyn Write) -> Result<()> {
    match format {
        CheckFormat::Ndjson => {
            for change in changes.iter().filter(|change| change.kind != Kind::Unchanged) {
                write_json(out, &change.words())?;
                writeln!(out)?;
            }
            Ok(())
        }
        CheckFormat::Json => write_object(changes, complete, out),
        _ => write_table(changes, complete, out),
    }
}

fn of_kind<'c, 'a>(changes: &'c [Change<'a>], kind: Kind) -> impl Iterator<Item = &'c Change<'a>> {
    changes.iter().filter(move |change| change.kind == kind)
}

fn write_object(changes: &[Change<'_>], complete: bool, out: &mut dyn Write) -> Result<()> {
    write!(out, r#"{BEGINNING}"version":"{}","changes":["#, env!("CARGO_PKG_VERSION"))?;
    let mut elements = Elements::default();
    for change in changes.iter().filter(|change| change.kind != Kind::Unchanged) {
        elements.write(out, &change.words())?;
    }
    let counts: Map<_, _> = KINDS
        .iter()
        .map(|(kind, word, _)| ((*word).to_owned(), Value::from(of_kind(changes, *kind).count())))
        .collect();
    write!(out, "\n],\"counts\":")?;
    write_json(out, &counts)?;
    writeln!(out, r#","complete":{complete}}}"#)?;
    Ok(())
}

fn write_table(changes: &[Change<'_>], complete: bool, out: &mut dyn Write) -> Result<()> {
    for (kind, _, words) in KINDS.iter().filter(|(kind, ..)| *kind != Kind::Unchanged) {
        let mut listed = of_kind(changes, *kind).peekable();
        if listed.peek().is_some() {
            writeln!(out, "{words}:")?;
            for change in listed {
                writeln!(out, "  {}", change.line())?;
            }
            writeln!(out)?;
        }
    }
    for (kind, _, words) in KINDS {
        writeln!(out, "{:>6} {words}", of_kind(changes, kind).count())?;
    }
    if !complete {
        writeln!(out, "Not everything could be judged: see the errors.")?;
    }
    Ok(())
}
