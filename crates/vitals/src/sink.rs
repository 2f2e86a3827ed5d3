//! Where verdicts go: one module a format. Workers put verdicts into its words; its sink takes these in order, and keeps as
//! few as it can.

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
mod worded;

use std::io::Write;

use anyhow::{Result, bail};
use config_rule::{Compliance, Entry};
use jiff::Timestamp;
use serde::Serialize;

use crate::cli::{CheckArgs, CheckFormat, Only};
use crate::record::Totals;

pub(crate) use table::{Table, wording as table_wording};
pub(crate) use worded::{Worded, Wording};

/// Every verdict that there is.
pub(crate) const EVERY: [Compliance; 3] = [Compliance::Compliant, Compliance::NonCompliant, Compliance::NotApplicable];

/// Takes what workers made of verdicts, in the verdicts' order.
pub(crate) trait Sink<Made = Worded> {
    /// Takes what was made of some verdicts.
    fn take(&mut self, made: Made) -> Result<()>;

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

/// How the format that was asked for puts a verdict.
pub(crate) fn wording(format: CheckFormat, head: Head<'_>) -> Wording<'_> {
    match format {
        CheckFormat::Table => table::wording(head.shown),
        CheckFormat::Json => Box::new(json::word),
        CheckFormat::Ndjson => Box::new(ndjson::word),
        CheckFormat::Csv => Box::new(csv::word),
        CheckFormat::Junit => Box::new(junit::word),
        CheckFormat::Sarif => sarif::wording(head.rules),
        CheckFormat::Asff => asff::wording(head.now),
        CheckFormat::Ocsf => ocsf::wording(head.now),
    }
}

/// Opens the sink for the format that was asked for, and writes what comes before the first verdict.
pub(crate) fn open<'a>(format: CheckFormat, head: Head<'a>, out: &'a mut dyn Write) -> Result<Box<dyn Sink + 'a>> {
    Ok(match format {
        CheckFormat::Table => Box::new(Table::new(head.rules, out)),
        CheckFormat::Json => Box::new(json::Json::open(head, out)?),
        CheckFormat::Ndjson => Box::new(ndjson::Ndjson::new(out)),
        CheckFormat::Csv => Box::new(csv::Csv::open(out)?),
        CheckFormat::Junit => Box::new(junit::Junit::new(head.rules, out)),
        CheckFormat::Sarif => Box::new(sarif::Sarif::open(head.rules, out)?),
        CheckFormat::Asff => Box::new(asff::Asff::new(out)),
        CheckFormat::Ocsf => Box::new(ocsf::Ocsf::new(out)),
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

/// What stands before an element of a list, but for the first one's comma.
const BEFORE_ELEMENT: &[u8] = b",\n";

impl Elements {
    /// Writes one element.
    pub(crate) fn write(&mut self, out: &mut dyn Write, element: &impl Serialize) -> Result<()> {
        self.take(out, BEFORE_ELEMENT)?;
        write_json(out, element)
    }

    /// Writes elements that have [`BEFORE_ELEMENT`] before each of them.
    pub(crate) fn take(&mut self, out: &mut dyn Write, elements: &[u8]) -> Result<()> {
        let comma = usize::from(!self.begun && !elements.is_empty());
        self.begun |= !elements.is_empty();
        Ok(out.write_all(&elements[comma..])?)
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
