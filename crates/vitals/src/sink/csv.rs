//! One row a verdict (RFC 4180), for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use ::csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use anyhow::Result;

use crate::record::{Record, Totals};
use crate::sink::Sink;

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
    rows: Writer<&'a mut dyn Write>,
}

impl<'a> Csv<'a> {
    pub(crate) fn open(out: &'a mut dyn Write) -> Result<Self> {
        let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        rows.write_record(HEADER).map_err(as_io)?;
        Ok(Self { rows })
    }
}

impl Sink for Csv<'_> {
    fn record(&mut self, record: &Record<'_>) -> Result<()> {
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
        let fields = fields.map(harmless);
        Ok(self.rows.write_record(fields.iter().map(|field| field.as_bytes())).map_err(as_io)?)
    }

    fn finish(&mut self, _totals: &Totals, _complete: bool) -> Result<()> {
        Ok(self.rows.flush()?)
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
