//! One JSON object a verdict, a line each.

use std::io::Write;

use anyhow::Result;

use crate::record::{Record, Totals};
use crate::sink::{Sink, write_json};

pub(crate) struct Ndjson<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Ndjson<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }
}

impl Sink for Ndjson<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<()> {
        write_json(self.out, &record.words())?;
        writeln!(self.out)?;
        Ok(())
    }

    fn finish(&mut self, _totals: &Totals, _complete: bool) -> Result<()> {
        Ok(())
    }
}
