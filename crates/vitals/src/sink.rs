//! Where verdicts go: one module a format. Each takes them one by one, in order, and keeps as few as it can.

mod asff;
pub(crate) mod csv;
mod json;
mod junit;
mod ndjson;
mod ocsf;
mod place;
mod sarif;
mod spool;
mod table;

use std::io::Write;

use anyhow::{Result, bail};
use config_rule::{Compliance, Entry};
use jiff::Timestamp;
use serde::Serialize;

use crate::cli::{CheckArgs, CheckFormat, Only};
use crate::record::{Record, Totals};

pub(crate) use table::Table;

/// Every verdict that there is.
pub(crate) const EVERY: [Compliance; 3] = [Compliance::Compliant, Compliance::NonCompliant, Compliance::NotApplicable];

/// Takes verdicts one by one, and writes them.
pub(crate) trait Sink {
    /// Takes one verdict.
    fn record(&mut self, record: &Record<'_>) -> Result<()>;

    /// Writes what comes after the last verdict. A run is complete where every item could be judged.
    fn finish(&mut self, totals: &Totals, complete: bool) -> Result<()>;
}

/// What is known before the first verdict.
#[derive(Clone, Copy)]
pub(crate) struct Head<'a> {
    /// The rules that judge, in the registry's order.
    pub(crate) rules: &'a [&'static Entry],
    /// The time that is judged as of.
    pub(crate) now: Timestamp,
    /// The verdicts that are shown.
    pub(crate) shown: &'a [Compliance],
}

/// Opens the sink for the format that was asked for, and writes what comes before the first verdict.
pub(crate) fn open<'a>(format: CheckFormat, head: Head<'a>, out: &'a mut dyn Write) -> Result<Box<dyn Sink + 'a>> {
    Ok(match format {
        CheckFormat::Table => Box::new(Table::new(head.rules, head.shown, out)),
        CheckFormat::Json => Box::new(json::Json::open(head, out)?),
        CheckFormat::Ndjson => Box::new(ndjson::Ndjson::new(out)),
        CheckFormat::Csv => Box::new(csv::Csv::open(out)?),
        CheckFormat::Junit => Box::new(junit::Junit::new(head.rules, out)),
        CheckFormat::Sarif => Box::new(sarif::Sarif::open(head.rules, out)?),
        CheckFormat::Asff => Box::new(asff::Asff::new(head.now, out)),
        CheckFormat::Ocsf => Box::new(ocsf::Ocsf::new(head.now, out)),
    })
}

/// The verdicts that are shown: those of `--only`, else those that the format is for.
pub(crate) fn shown(args: &CheckArgs) -> Result<Vec<Compliance>> {
    let only: Vec<_> = args.only.iter().map(|only| compliance(*only)).collect();
    let noncompliant = vec![Compliance::NonCompliant];
    match args.format {
        CheckFormat::Sarif if only.iter().any(|compliance| *compliance != Compliance::NonCompliant) => {
            bail!("SARIF holds noncompliant verdicts only; leave --only out or choose another --format")
        }
        CheckFormat::Sarif => Ok(noncompliant),
        CheckFormat::Table if only.is_empty() && !args.verbose => Ok(noncompliant),
        _ if only.is_empty() => Ok(EVERY.to_vec()),
        _ => Ok(only),
    }
}

fn compliance(only: Only) -> Compliance {
    match only {
        Only::Noncompliant => Compliance::NonCompliant,
        Only::Compliant => Compliance::Compliant,
        Only::NotApplicable => Compliance::NotApplicable,
    }
}

/// How our JSON objects begin: `--compare` knows the output of an earlier run by it.
pub(crate) const BEGINNING: &str = r#"{"tool":"vitals","#;

/// Writes the elements of a JSON list, a line each.
#[derive(Default)]
pub(crate) struct Elements {
    begun: bool,
}

impl Elements {
    pub(crate) fn write(&mut self, out: &mut dyn Write, element: &impl Serialize) -> Result<()> {
        out.write_all(if self.begun { b",\n" } else { b"\n" })?;
        self.begun = true;
        write_json(out, element)
    }
}

/// Writes JSON for people and programs alike, with a line break at its end.
pub(crate) fn write_json_pretty(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Writes JSON in one line, without a line break. A closed pipe stays an error of I/O, so that it can be told apart.
pub(crate) fn write_json(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    Ok(serde_json::to_writer(out, value).map_err(std::io::Error::from)?)
}
