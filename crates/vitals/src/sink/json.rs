//! One JSON object: what is known before the first verdict, the verdicts, and what is known after the last.

use std::io::Write;

use anyhow::Result;

use crate::record::{Record, Totals};
use crate::sink::{BEFORE_ELEMENT, BEGINNING, Elements, Head, Sink, Worded, write_json};

pub(crate) struct Json<'a> {
    out: &'a mut dyn Write,
    verdicts: Elements,
}

impl<'a> Json<'a> {
    pub(crate) fn open(head: Head<'_>, out: &'a mut dyn Write) -> Result<Self> {
        let shown: Vec<_> = head.shown.iter().map(|compliance| compliance.as_str()).collect();
        write!(out, r#"{BEGINNING}"version":"{}","now":"{}","shown":"#, env!("CARGO_PKG_VERSION"), head.now)?;
        write_json(out, &shown)?;
        write!(out, r#","verdicts":["#)?;
        Ok(Self { out, verdicts: Elements::default() })
    }
}

/// An element of the list of verdicts.
pub(super) fn word(records: &[Record<'_>], worded: &mut Worded) {
    let Some(first) = records.first() else { return };
    let resource = first.resource_words();
    for record in records {
        worded.push(record, |into| {
            into.extend_from_slice(BEFORE_ELEMENT);
            record.write_words(&resource, into);
        });
    }
}

impl Sink for Json<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        self.verdicts.take(self.out, made.text())
    }

    fn finish(&mut self, totals: &Totals, complete: bool) -> Result<()> {
        write!(self.out, "\n],\"totals\":")?;
        write_json(self.out, totals)?;
        writeln!(self.out, r#","complete":{complete}}}"#)?;
        Ok(())
    }
}
