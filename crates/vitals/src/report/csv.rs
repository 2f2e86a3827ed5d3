//! One row for each control, rule and noncompliant resource; a control without a rule and a rule without a noncompliant
//! resource have one too.

use std::io::Write;

use ::csv::{Terminator, Writer, WriterBuilder};
use anyhow::Result;
use serde_json::Value;

use crate::report::model::{ControlEvidence, Evidence, Finding, Report, Rule, RuleEvidence};
use crate::sink::csv::{as_io, harmless};

const HEADER: [&str; 27] = [
    "framework",
    "control",
    "reference",
    "title",
    "obligation",
    "status",
    "rule",
    "mapping",
    "state",
    "severity",
    "compliant",
    "nonCompliant",
    "excepted",
    "notApplicable",
    "fix",
    "resourceType",
    "resourceId",
    "resourceName",
    "accountId",
    "region",
    "reason",
    "since",
    "sinceIsKnown",
    "times",
    "exception",
    "exceptionOwner",
    "exceptionExpires",
];

pub(super) fn write(report: &Report, out: &mut dyn Write) -> Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    rows.write_record(HEADER).map_err(as_io)?;
    for evidence in &report.frameworks {
        for control in &evidence.controls {
            let mut written = false;
            for rule in &control.rules {
                let judged = rule.place.map(|place| &report.rules[place]);
                let findings = judged.map_or(&[][..], |judged| &judged.findings[..]);
                for finding in findings.iter().map(Some).chain(findings.is_empty().then_some(None)) {
                    row(&mut rows, evidence, control, Some((rule, judged)), finding)?;
                    written = true;
                }
            }
            if !written {
                row(&mut rows, evidence, control, None, None)?;
            }
        }
    }
    Ok(rows.flush()?)
}

fn row(
    rows: &mut Writer<&mut dyn Write>,
    evidence: &Evidence,
    control: &ControlEvidence,
    rule: Option<(&RuleEvidence, Option<&Rule>)>,
    finding: Option<&Finding>,
) -> Result<()> {
    let mut fields = vec![
        evidence.id.to_owned(),
        control.id.to_owned(),
        control.reference.clone(),
        control.title.to_owned(),
        word(&control.obligation)?,
        word(&control.status)?,
    ];
    if let Some((rule, judged)) = rule {
        fields.extend([rule.rule.to_owned(), word(&rule.mapping)?, word(&rule.state)?]);
        if let Some(judged) = judged {
            let tally = rule.resources;
            fields.push(judged.severity.to_owned());
            fields.extend(
                [tally.compliant, tally.non_compliant, tally.excepted, tally.not_applicable]
                    .map(|count| count.to_string()),
            );
            fields.push(judged.fix.to_owned());
        }
    }
    if let Some(finding) = finding {
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        fields.extend([
            finding.resource_type.clone(),
            finding.resource_id.clone(),
            known(&finding.resource_name),
            known(&finding.account_id),
            known(&finding.region),
            finding.reason.clone(),
            finding.since.map(|since| since.to_string()).unwrap_or_default(),
            finding.since_is_known.to_string(),
            finding.times.to_string(),
        ]);
        if let Some(exception) = &finding.exception {
            fields.extend([exception.ticket.clone(), exception.owner.clone(), exception.expires.to_string()]);
        }
    }
    fields.resize(HEADER.len(), String::new());
    Ok(rows.write_record(fields.iter().map(|field| harmless(field).into_owned())).map_err(as_io)?)
}

/// The word that JSON has for it.
fn word(value: &impl serde::Serialize) -> Result<String> {
    Ok(match serde_json::to_value(value)? {
        Value::String(word) => word,
        _ => String::new(),
    })
}
