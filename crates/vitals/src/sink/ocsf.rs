//! Open Cybersecurity Schema Framework 1.5.0: a Compliance Finding (class 2003) a line, for SIEMs and data lakes.

use std::io::Write;

use anyhow::Result;
use config_rule::{Compliance, Severity};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::record::{Record, Totals};
use crate::sink::place::Place;
use crate::sink::{Sink, Worded, Wording};

const VERSION: &str = "1.5.0";

pub(crate) struct Ocsf<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Ocsf<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }
}

/// A line a verdict.
pub(super) fn wording(now: Timestamp) -> Wording<'static> {
    Box::new(move |records, worded| {
        for record in records {
            let event = event(record, now).to_string();
            worded.push(record, |into| {
                into.extend_from_slice(event.as_bytes());
                into.push(b'\n');
            });
        }
    })
}

impl Sink for Ocsf<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        Ok(self.out.write_all(made.text())?)
    }

    fn finish(&mut self, _totals: &Totals, _complete: bool) -> Result<()> {
        Ok(())
    }
}

fn event(record: &Record<'_>, now: Timestamp) -> Value {
    let metadata = record.entry.metadata;
    let name = record.resource_name.unwrap_or(record.resource_id);
    let (severity_id, severity) = severity(record);
    let (compliance_id, compliance) = match record.compliance {
        Compliance::Compliant => (1, "Pass"),
        Compliance::NonCompliant => (3, "Fail"),
        Compliance::NotApplicable => (99, "Not applicable"),
    };
    let (status_id, status) = match (record.compliance, record.exception) {
        (Compliance::NonCompliant, Some(_)) => (3, "Suppressed"),
        (Compliance::NonCompliant, None) => (1, "New"),
        _ => (4, "Resolved"),
    };
    let published = frameworks::all().iter().filter(|framework| framework.controls_of(metadata.id).next().is_some());
    let standards: Vec<_> =
        published.clone().map(|framework| format!("{} {}", framework.name, framework.edition)).collect();
    let requirements: Vec<_> = published
        .flat_map(|framework| {
            framework.controls_of(metadata.id).map(|control| format!("{} {}", framework.cite, control.id))
        })
        .collect();
    let mut event = json!({
        "activity_id": 1,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2003,
        "class_name": "Compliance Finding",
        "type_uid": 200_301,
        "type_name": "Compliance Finding: Create",
        "time": now.as_millisecond(),
        "severity_id": severity_id,
        "severity": severity,
        "status_id": status_id,
        "status": status,
        "message": format!("{name}: {}", record.annotation.unwrap_or("complies")),
        "metadata": {
            "version": VERSION,
            "profiles": ["cloud"],
            "event_code": metadata.id,
            "product": { "name": "Vitals", "vendor_name": "Vitals", "version": env!("CARGO_PKG_VERSION") },
        },
        "finding_info": { "uid": uid(record), "title": metadata.title(), "desc": metadata.explanation() },
        "compliance": {
            "control": metadata.id,
            "standards": standards,
            "requirements": requirements,
            "status_id": compliance_id,
            "status": compliance,
        },
        "remediation": { "desc": metadata.remediation },
        "resources": [{ "uid": record.arn.unwrap_or(record.resource_id), "name": name, "type": record.resource_type }],
        "cloud": { "provider": "AWS" },
    });
    if let Some(account) = record.account_id {
        event["cloud"]["account"] = json!({ "uid": account, "type": "AWS Account", "type_id": 10 });
    }
    if let Some(place) = Place::of(record) {
        event["cloud"]["region"] = place.region.into();
        event["resources"][0]["region"] = place.region.into();
        event["resources"][0]["cloud_partition"] = place.partition.into();
    }
    if let Some(annotation) = record.annotation {
        event["compliance"]["status_detail"] = annotation.into();
    }
    if let Some(exception) = record.exception {
        event["unmapped"] = json!({ "exception": {
            "ticket": exception.ticket,
            "owner": exception.owner,
            "reason": exception.reason,
            "expires": exception.expires,
            "effect": exception.effect.as_str(),
        } });
        event["comment"] = format!("{} until {}: {}", exception.ticket, exception.expires, exception.reason).into();
    }
    event
}

/// Stays the same from run to run.
fn uid(record: &Record<'_>) -> String {
    let (account, region) = (record.account_id.unwrap_or_default(), record.region.unwrap_or_default());
    format!("vitals/{}/{account}/{region}/{}/{}", record.entry.metadata.id, record.resource_type, record.resource_id)
}

fn severity(record: &Record<'_>) -> (u8, &'static str) {
    match record.entry.metadata.severity {
        _ if record.compliance != Compliance::NonCompliant => (1, "Informational"),
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Critical => (5, "Critical"),
    }
}
