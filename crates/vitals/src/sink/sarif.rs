//! SARIF 2.1.0, for code scanning: every rule that judges, and the noncompliant verdicts.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use anyhow::Result;
use config_rule::{Entry, Severity};
use exceptions::Exception;
use serde_json::{Value, json};

use crate::record::{Record, Totals};
use crate::rule_info::RuleInfo;
use crate::sink::{BEFORE_ELEMENT, Elements, Sink, Worded, Wording, write_json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(crate) struct Sarif<'a> {
    out: &'a mut dyn Write,
    results: Elements,
}

impl<'a> Sarif<'a> {
    pub(crate) fn open(rules: &[&'static Entry], out: &'a mut dyn Write) -> Result<Self> {
        write!(out, r#"{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{{"driver":{{"#)?;
        write!(out, r#""name":"vitals","version":"{}","rules":["#, env!("CARGO_PKG_VERSION"))?;
        let mut descriptors = Elements::default();
        for entry in rules {
            descriptors.write(out, &descriptor(entry))?;
        }
        write!(out, "\n]}}}},\"results\":[")?;
        Ok(Self { out, results: Elements::default() })
    }
}

/// An element of the list of results, which says where in the list of rules its own stands.
pub(super) fn wording(rules: &[&'static Entry]) -> Wording<'static> {
    let places: HashMap<_, _> = rules.iter().enumerate().map(|(place, entry)| (entry.metadata.id, place)).collect();
    Box::new(move |records, worded| {
        for record in records {
            let result = result(record, places[record.entry.metadata.id]).to_string();
            worded.push(record, |into| {
                into.extend_from_slice(BEFORE_ELEMENT);
                into.extend_from_slice(result.as_bytes());
            });
        }
    })
}

impl Sink for Sarif<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        self.results.take(self.out, made.text())
    }

    fn finish(&mut self, _totals: &Totals, complete: bool) -> Result<()> {
        write!(self.out, "\n],\"invocations\":[")?;
        write_json(self.out, &json!({ "executionSuccessful": complete }))?;
        writeln!(self.out, "]}}]}}")?;
        Ok(())
    }
}

fn descriptor(entry: &'static Entry) -> Value {
    let rule = RuleInfo::of(entry);
    let explanation = if rule.explanation.is_empty() { rule.title } else { &rule.explanation };
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": explanation },
        "help": { "text": rule.remediation },
        "defaultConfiguration": { "level": level(entry.metadata.severity) },
        "properties": {
            "severity": rule.severity,
            "security-severity": security_severity(entry.metadata.severity),
            // GitHub heeds the security severity of rules with this tag only.
            "tags": ["security"],
            "controls": rule.controls,
            "inferredControls": rule.inferred_controls,
        },
    })
}

fn result(record: &Record<'_>, place: usize) -> Value {
    let id = format!("{}/{}", record.resource_type, record.resource_id);
    let whole_id = format!("{}/{}/{id}", record.account_id.unwrap_or_default(), record.region.unwrap_or_default());
    let fingerprint = format!("{}/{whole_id}", record.entry.metadata.id);
    json!({
        "ruleId": record.entry.metadata.id,
        "ruleIndex": place,
        "level": level(record.entry.metadata.severity),
        "message": { "text": format!("{}: {}", record.resource_name.unwrap_or(record.resource_id), record.reason()) },
        "locations": [{
            // Viewers show only what stands on a line of a file.
            "physicalLocation": {
                "artifactLocation": { "uri": uri(record.source) },
                "region": { "startLine": 1 },
            },
            "logicalLocations": [{
                "name": record.resource_name.unwrap_or(record.resource_id),
                "fullyQualifiedName": record.arn.unwrap_or(&id),
                "kind": "resource",
            }],
        }],
        "partialFingerprints": {
            "resource/v1": fingerprint,
            // The only one that GitHub reads; without it, all results of a rule in one file are one alert.
            "primaryLocationLineHash": fingerprint,
        },
        "suppressions": record.exception.map(suppression).into_iter().collect::<Vec<_>>(),
        "properties": words(record),
    })
}

fn words(record: &Record<'_>) -> Value {
    let mut words = Vec::new();
    record.write_words(&record.resource_words(), &mut words);
    serde_json::from_slice(&words).expect("a verdict's words are JSON")
}

/// The reason for which a viewer need not show a result.
fn suppression(exception: &Exception) -> Value {
    let Exception { ticket, owner, reason, expires, .. } = exception;
    json!({
        "kind": "external",
        "status": "accepted",
        "justification": format!("{ticket} until {expires}, {owner}: {reason}"),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// A score in the middle of the band that GitHub gives the severity: over 9.0, 7.0, 4.0 and 0.1.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

/// A path as a URI: relative where the path is.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("a string takes any text");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("estate.json.gz", "estate.json.gz"),
            ("../a b/c:d.json", "../a%20b/c%3Ad.json"),
            ("/tmp/é.json", "file:///tmp/%C3%A9.json"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
