//! For people: each noncompliance with its reason, the worst first, and the totals by rule.

use std::cmp::Reverse;
use std::io::Write;

use anyhow::Result;
use config_rule::{Compliance, Entry};

use crate::record::{Record, Totals};
use crate::sink::spool::Spool;
use crate::sink::{Sink, Worded, Wording};
use crate::text;

pub(crate) struct Table<'a> {
    /// The worst first, and among equals in the registry's order.
    rules: Vec<&'static Entry>,
    /// Whether the totals come first: what `run` ends with, which has shown its progress before.
    totals_first: bool,
    lines: Spool,
    out: &'a mut dyn Write,
}

impl<'a> Table<'a> {
    pub(crate) fn new(rules: &[&'static Entry], out: &'a mut dyn Write) -> Self {
        let mut rules = rules.to_vec();
        rules.sort_by_key(|entry| Reverse(entry.metadata.severity));
        Self { rules, totals_first: false, lines: Spool::default(), out }
    }

    pub(crate) fn totals_first(self) -> Self {
        Self { totals_first: true, ..self }
    }
}

/// A line a verdict, which says what the verdict is where several are shown.
pub(crate) fn wording(shown: &[Compliance]) -> Wording<'static> {
    let mixed = shown != [Compliance::NonCompliant];
    Box::new(move |records, worded| {
        let Some(first) = records.first() else { return };
        let resource = text::resource(first.resource_id, first.resource_name, first.account_id, first.region);
        let mut line = String::new();
        for record in records {
            line.clear();
            write_line(record, &resource, mixed, &mut line);
            worded.push(record, |into| {
                into.extend_from_slice(text::printable(&line).as_bytes());
                into.push(b'\n');
            });
        }
    })
}

fn write_line(record: &Record<'_>, resource: &str, mixed: bool, line: &mut String) {
    line.push_str("  ");
    line.push_str(match record.compliance {
        _ if !mixed => "",
        Compliance::Compliant => "compliant: ",
        Compliance::NonCompliant => "noncompliant: ",
        Compliance::NotApplicable => "not applicable: ",
    });
    line.push_str(resource);
    // What is compliant has a reason only by an exception.
    if record.compliance != Compliance::Compliant || record.annotation.is_some() {
        line.push_str(": ");
        line.push_str(record.reason());
    }
}

impl Sink for Table<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        made.verdicts().try_for_each(|verdict| self.lines.add(verdict.entry.metadata.id, verdict.text))
    }

    fn finish(&mut self, totals: &Totals, complete: bool) -> Result<()> {
        if self.totals_first {
            self.write_totals(totals)?;
            self.write_lines(true)?;
        } else {
            self.write_lines(false)?;
            self.write_totals(totals)?;
        }
        if !complete {
            writeln!(self.out, "Not everything could be judged: see the errors.")?;
        }
        Ok(())
    }
}

impl Table<'_> {
    /// Each rule's lines, with an empty line before or after them.
    fn write_lines(&mut self, space_before: bool) -> Result<()> {
        for entry in &self.rules {
            let metadata = entry.metadata;
            if !self.lines.holds(metadata.id) {
                continue;
            }
            if space_before {
                writeln!(self.out)?;
            }
            writeln!(self.out, "{} ({}): {}", metadata.id, metadata.severity, metadata.title())?;
            self.lines.copy(metadata.id, self.out)?;
            if !space_before {
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn write_totals(&mut self, totals: &Totals) -> Result<()> {
        let excepted = totals.all.excepted > 0;
        let header = ["RULE", "SEVERITY", "COMPLIANT", "NONCOMPLIANT", "NOT APPLICABLE", "EXCEPTED"];
        let columns = header.len() - usize::from(!excepted);
        let mut table = text::plain_table(&header[..columns]);
        text::align_right(&mut table, 2..=columns - 1);
        for entry in &self.rules {
            let counts = totals.rules.get(entry.metadata.id).copied().unwrap_or_default();
            if counts.all() > 0 {
                let row = [
                    entry.metadata.id.to_owned(),
                    entry.metadata.severity.to_string(),
                    counts.compliant.to_string(),
                    counts.non_compliant.to_string(),
                    counts.not_applicable.to_string(),
                    counts.excepted.to_string(),
                ];
                table.add_row(&row[..columns]);
            }
        }
        writeln!(self.out, "{}", table.trim_fmt())?;
        Ok(())
    }
}
