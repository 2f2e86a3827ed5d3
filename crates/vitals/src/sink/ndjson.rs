//! One JSON object a verdict, a line each.

use std::io::Write;

use anyhow::Result;

use crate::record::{Record, Totals};
use crate::sink::{Sink, Worded};

pub(crate) struct Ndjson<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Ndjson<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }
}

/// A line a verdict.
pub(super) fn word(records: &[Record<'_>], worded: &mut Worded) {
    let Some(first) = records.first() else { return };
    let resource = first.resource_words();
    for record in records {
        worded.push(record, |into| {
            record.write_words(&resource, into);
            into.push(b'\n');
        });
    }
}

impl Sink for Ndjson<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        Ok(self.out.write_all(made.text())?)
    }

    fn finish(&mut self, _totals: &Totals, _complete: bool) -> Result<()> {
        Ok(())
    }
}
