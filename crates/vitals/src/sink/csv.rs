//! One row a verdict (RFC 4180), for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use ::csv::{ErrorKind, Terminator, WriterBuilder};
use anyhow::Result;

use crate::record::{Record, Totals};
use crate::sink::{Sink, Worded};

const HEADER: [&str; 12] = [
    "rule",
    "severity",
    "resourceType",
    "resourceId",
    "resourceName",
    "accountId",
    "region",
    "compliance",
    "annotation",
    "exceptionTicket",
    "exceptionOwner",
    "exceptionExpires",
];

pub(crate) struct Csv<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Csv<'a> {
    pub(crate) fn open(out: &'a mut dyn Write) -> Result<Self> {
        let mut header = Vec::new();
        write_row(&HEADER.map(Cow::Borrowed), &mut header);
        out.write_all(&header)?;
        Ok(Self { out })
    }
}

/// A row a verdict.
pub(super) fn word(records: &[Record<'_>], worded: &mut Worded) {
    for record in records {
        let exception = record.exception;
        let expires = exception.map(|exception| exception.expires.to_string()).unwrap_or_default();
        let fields = [
            record.entry.metadata.id,
            record.entry.metadata.severity.as_str(),
            record.resource_type,
            record.resource_id,
            record.resource_name.unwrap_or_default(),
            record.account_id.unwrap_or_default(),
            record.region.unwrap_or_default(),
            record.compliance.as_str(),
            record.annotation.unwrap_or_default(),
            exception.map(|exception| exception.ticket.as_str()).unwrap_or_default(),
            exception.map(|exception| exception.owner.as_str()).unwrap_or_default(),
            &expires,
        ];
        worded.push(record, |into| write_row(&fields.map(harmless), into));
    }
}

/// Appends a row. Its writer is made for it alone, so it must not have a large buffer.
fn write_row(fields: &[Cow<'_, str>], into: &mut Vec<u8>) {
    let mut builder = WriterBuilder::new();
    let mut row = builder.terminator(Terminator::CRLF).buffer_capacity(512).from_writer(into);
    let written = row.write_record(fields.iter().map(|field| field.as_bytes()));
    written.and_then(|()| Ok(row.flush()?)).expect("memory takes any row");
}

impl Sink for Csv<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        Ok(self.out.write_all(made.text())?)
    }

    fn finish(&mut self, _totals: &Totals, _complete: bool) -> Result<()> {
        Ok(())
    }
}

/// A closed pipe stays an error of I/O, so that it can be told apart.
pub(crate) fn as_io(error: ::csv::Error) -> std::io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// Keeps a spreadsheet from running a field as a formula: names are chosen by whoever made the resource.
pub(crate) fn harmless(field: &str) -> Cow<'_, str> {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_a_spreadsheet_would_run_is_quoted() {
        for (field, written) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(field), written);
        }
    }
}
