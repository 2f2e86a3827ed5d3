//! JUnit's XML, for CI: a suite a rule, a case a resource.

use std::io::Write;

use anyhow::Result;
use config_rule::{Compliance, Entry};
use quick_xml::escape::escape;

use crate::record::{Counts, Record, Totals};
use crate::sink::spool::Spool;
use crate::sink::{Sink, Worded};
use crate::text::printable;

/// Keeps CI from passing where part of the work could not be done.
const INCOMPLETE: &str = r#"  <testsuite name="vitals" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="vitals" name="everything could be judged"><error message="not everything could be judged: see the errors" type="INCOMPLETE"/></testcase>
  </testsuite>
"#;

pub(crate) struct Junit<'a> {
    rules: &'a [&'static Entry],
    /// What the suites hold, which `--only` can make less than what was judged.
    shown: Totals,
    cases: Spool,
    out: &'a mut dyn Write,
}

impl<'a> Junit<'a> {
    pub(crate) fn new(rules: &'a [&'static Entry], out: &'a mut dyn Write) -> Self {
        Self { rules, shown: Totals::of(rules), cases: Spool::default(), out }
    }
}

/// A case a verdict.
pub(super) fn word(records: &[Record<'_>], worded: &mut Worded) {
    for record in records {
        worded.push(record, |into| into.extend_from_slice(case(record).as_bytes()));
    }
}

impl Sink for Junit<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        for verdict in made.verdicts() {
            let id = verdict.entry.metadata.id;
            let outcome = skipped_if_excepted(verdict.compliance, verdict.excepted);
            self.shown.count(id, outcome, verdict.excepted);
            self.cases.add(id, verdict.text)?;
        }
        Ok(())
    }

    fn finish(&mut self, _totals: &Totals, complete: bool) -> Result<()> {
        let errors = u64::from(!complete);
        let out = &mut *self.out;
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, "<testsuites name=\"vitals\" {}>", numbers(self.shown.all, errors))?;
        if !complete {
            write!(out, "{INCOMPLETE}")?;
        }
        for entry in self.rules {
            let id = entry.metadata.id;
            if self.cases.holds(id) {
                writeln!(out, "  <testsuite name=\"{id}\" {}>", numbers(self.shown.rules[id], 0))?;
                self.cases.copy(id, out)?;
                writeln!(out, "  </testsuite>")?;
            }
        }
        writeln!(out, "</testsuites>")?;
        Ok(())
    }
}

fn numbers(counts: Counts, errors: u64) -> String {
    format!(
        r#"tests="{}" failures="{}" errors="{errors}" skipped="{}""#,
        counts.all() + errors,
        counts.non_compliant,
        counts.not_applicable
    )
}

/// Accepted noncompliance is no failure: CI would stop for it.
fn skipped_if_excepted(compliance: Compliance, excepted: bool) -> Compliance {
    if excepted && compliance == Compliance::NonCompliant { Compliance::NotApplicable } else { compliance }
}

/// A resource: the class is where it is, the name its type and id.
fn case(record: &Record<'_>) -> String {
    let place = format!("{}/{}", record.account_id.unwrap_or_default(), record.region.unwrap_or_default());
    let name = format!("{} {}", record.resource_type, record.resource_id);
    let outcome = match skipped_if_excepted(record.compliance, record.exception.is_some()) {
        Compliance::Compliant => String::new(),
        Compliance::NonCompliant => {
            format!(r#"<failure message="{}" type="NON_COMPLIANT"/>"#, attribute(record.reason()))
        }
        Compliance::NotApplicable => format!(r#"<skipped message="{}"/>"#, attribute(record.reason())),
    };
    format!("    <testcase classname=\"{}\" name=\"{}\">{outcome}</testcase>\n", attribute(&place), attribute(&name))
}

fn attribute(text: &str) -> String {
    escape(printable(text)).into_owned()
}
