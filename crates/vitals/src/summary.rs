//! The table at the end: totals by rule, and each noncompliance with its reason.

use std::io::Write;

use anyhow::Result;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use config_rule::{Compliance, Entry};

/// What is said of one resource by one rule.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) rule: &'static str,
    pub(crate) resource: String,
    pub(crate) compliance: Compliance,
    pub(crate) annotation: Option<String>,
}

/// Writes the totals of the rules that said anything, and under it the noncompliances.
pub(crate) fn write(out: &mut impl Write, entries: &[&'static Entry], lines: &[Line]) -> Result<()> {
    let mut table = plain_table(["RULE", "SEVERITY", "COMPLIANT", "NONCOMPLIANT", "NOT APPLICABLE"]);
    for column in 2..=4 {
        table.column_mut(column).expect("there are five").set_cell_alignment(CellAlignment::Right);
    }
    for entry in entries {
        let of_rule: Vec<_> = lines.iter().filter(|line| line.rule == entry.metadata.id).collect();
        if of_rule.is_empty() {
            continue;
        }
        let count = |compliance| of_rule.iter().filter(|line| line.compliance == compliance).count().to_string();
        table.add_row([
            entry.metadata.id.to_owned(),
            entry.metadata.severity.to_string(),
            count(Compliance::Compliant),
            count(Compliance::NonCompliant),
            count(Compliance::NotApplicable),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())?;
    for entry in entries {
        let mut noncompliant = lines
            .iter()
            .filter(|line| line.rule == entry.metadata.id && line.compliance == Compliance::NonCompliant)
            .peekable();
        if noncompliant.peek().is_none() {
            continue;
        }
        writeln!(out, "\n{}: {}", entry.metadata.id, entry.metadata.title())?;
        for line in noncompliant {
            writeln!(out, "  {}: {}", line.resource, line.annotation.as_deref().unwrap_or("no reason given"))?;
        }
    }
    Ok(())
}

/// A table without lines, that fits a terminal where there is one.
pub(crate) fn plain_table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}
