//! Finding the items in a stream of JSON, without looking into them.

use std::io::Read;
use std::ops::Range;

use config_item::{Scanner, TooDeep};
use serde::de::IgnoredAny;

use super::source::Limits;

/// Bytes that are asked for at once.
const CHUNK: usize = 64 << 10;

/// Bytes of items that make a batch.
const BATCH: usize = 512 << 10;

/// What is wrong with a stream, and where in it.
#[derive(Debug, thiserror::Error)]
#[error("{fault}, at byte {offset}")]
pub(crate) struct ReadError {
    pub(crate) fault: Fault,
    /// In the unpacked data.
    pub(crate) offset: u64,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("it is empty")]
    Empty,
    #[error("it can't be read or unpacked: {0}")]
    Io(#[from] std::io::Error),
    #[error("it is cut off")]
    Truncated,
    #[error("it is not UTF-8 text")]
    NotUtf8,
    #[error("it is not JSON: expected {0}")]
    NotJson(&'static str),
    #[error(
        "it is JSON, but no data of AWS Config: expected a snapshot, a history file, an item, or a list or lines of items"
    )]
    NotConfigData,
    #[error("it is an event of AWS Config; hand it to a rule with `vitals invoke RULE --event FILE`")]
    Event,
    #[error("{0}")]
    TooDeep(#[from] TooDeep),
    #[error("an item is larger than {0} bytes; raise --max-item-size if that is right")]
    ItemTooLarge(u64),
    #[error("the unpacked file is larger than {0} bytes; raise --max-unpacked-size if that is right")]
    TooLarge(u64),
}

/// Some items, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    text: Vec<u8>,
    items: Vec<Range<usize>>,
    /// Where the text begins in the unpacked file.
    offset: u64,
    /// The number of the first item.
    first: u64,
}

impl Batch {
    /// The number of the first item in the whole input.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    /// Says how many items came before.
    pub(super) fn after(self, first: u64) -> Self {
        Self { first, ..self }
    }

    /// The text's memory, for another batch.
    pub(super) fn into_memory(self) -> Vec<u8> {
        self.text
    }

    /// Each item's bytes and where it begins in the unpacked file.
    pub(crate) fn items(&self) -> impl ExactSizeIterator<Item = (&[u8], u64)> {
        self.items.iter().map(|range| (&self.text[range.clone()], self.offset + range.start as u64))
    }
}

/// Cuts a stream into batches of items.
pub(crate) struct Splitter<R> {
    input: R,
    limits: Limits,
    text: Vec<u8>,
    /// Memory for the text of the next batch.
    spare: Vec<u8>,
    /// The next byte to look at.
    at: usize,
    /// Where the text begins in the unpacked stream.
    offset: u64,
    place: Place,
    /// Whether a value at the top was seen.
    begun: bool,
    /// Whether the stream says that it is a snapshot, in which no resource stands twice.
    snapshot: bool,
    failed: Option<ReadError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Between the values at the top.
    Top,
    /// In a list of items, before its first one or after one.
    List { first: bool, contained: bool },
    /// In the object around a list, after the list.
    Container,
}

impl<R: Read> Splitter<R> {
    pub(crate) fn new(input: R, limits: Limits) -> Self {
        Self {
            input,
            limits,
            text: Vec::new(),
            spare: Vec::new(),
            at: 0,
            offset: 0,
            place: Place::Top,
            begun: false,
            snapshot: false,
            failed: None,
        }
    }

    /// Takes memory that the next batch may use.
    pub(super) fn reuse(&mut self, memory: Vec<u8>) {
        self.spare = memory;
    }

    /// Whether what was read so far is a snapshot.
    pub(crate) fn is_snapshot(&self) -> bool {
        self.snapshot
    }

    /// The next batch. What was found before something went wrong comes first, then the error, then nothing.
    pub(crate) fn next_batch(&mut self) -> Result<Option<Batch>, ReadError> {
        if let Some(error) = self.failed.take() {
            self.place = Place::Top;
            self.text.clear();
            self.at = 0;
            return Err(error);
        }
        self.text.drain(..self.at);
        self.offset += self.at as u64;
        self.at = 0;
        let mut items = Vec::new();
        while self.at < BATCH {
            match self.next_item() {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break,
                Err(fault) => {
                    let offset = self.offset + self.at as u64;
                    // Nothing is read after an error: the stream has no end that could be trusted.
                    self.failed = Some(ReadError { fault, offset });
                    break;
                }
            }
        }
        if items.is_empty() {
            return match self.failed.take() {
                Some(error) => Err(error),
                None => Ok(None),
            };
        }
        let mut rest = std::mem::take(&mut self.spare);
        rest.clear();
        rest.extend_from_slice(&self.text[self.at..]);
        self.text.truncate(self.at);
        let text = std::mem::replace(&mut self.text, rest);
        let batch = Batch { text, offset: self.offset, items, first: 0 };
        self.offset += batch.text.len() as u64;
        self.at = 0;
        Ok(Some(batch))
    }

    fn next_item(&mut self) -> Result<Option<Range<usize>>, Fault> {
        loop {
            match self.place {
                Place::Top => match self.peek()? {
                    None if self.begun => return Ok(None),
                    None => return Err(Fault::Empty),
                    Some(b'[') => {
                        self.begun = true;
                        self.at += 1;
                        self.place = Place::List { first: true, contained: false };
                    }
                    Some(b'{') => {
                        if let Some(item) = self.object()? {
                            return Ok(Some(item));
                        }
                    }
                    Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => return Err(Fault::NotConfigData),
                    Some(_) => return Err(Fault::NotJson("an object or a list")),
                },
                Place::List { first, contained } => match self.peek()? {
                    None => return Err(Fault::Truncated),
                    Some(b']') => {
                        self.at += 1;
                        self.place = if contained { Place::Container } else { Place::Top };
                    }
                    Some(b',') if !first => {
                        self.at += 1;
                        self.peek()?;
                        return self.element(contained).map(Some);
                    }
                    Some(_) if first => return self.element(contained).map(Some),
                    Some(_) => return Err(Fault::NotJson("a comma or the end of the list")),
                },
                Place::Container => match self.peek()? {
                    None => return Err(Fault::Truncated),
                    Some(b'}') => {
                        self.at += 1;
                        self.place = Place::Top;
                    }
                    Some(b',') => {
                        self.at += 1;
                        let (key, _) = self.key()?;
                        if is_list_of_items(&self.text[key]) && self.peek()? == Some(b'[') {
                            self.at += 1;
                            self.place = Place::List { first: true, contained: true };
                        } else {
                            self.checked_value()?;
                        }
                    }
                    Some(_) => return Err(Fault::NotJson("a comma or the end of the object")),
                },
            }
        }
    }

    /// An element of a list, which should be an item; whether it is one shows when it is read.
    fn element(&mut self, contained: bool) -> Result<Range<usize>, Fault> {
        self.place = Place::List { first: false, contained };
        let item = self.value()?;
        self.within_limit(item)
    }

    fn within_limit(&self, item: Range<usize>) -> Result<Range<usize>, Fault> {
        if item.len() as u64 > self.limits.item { Err(Fault::ItemTooLarge(self.limits.item)) } else { Ok(item) }
    }

    /// An object at the top: an item, or the object around a list of items, into which it then steps.
    fn object(&mut self) -> Result<Option<Range<usize>>, Fault> {
        self.begun = true;
        let start = self.at;
        self.at += 1;
        let (mut has_type, mut has_event) = (false, false);
        if self.peek()? == Some(b'}') {
            return Err(Fault::NotConfigData);
        }
        loop {
            let (key, next) = self.key()?;
            let key = &self.text[key];
            if is_list_of_items(key) && next == b'[' {
                self.at += 1;
                self.place = Place::List { first: true, contained: true };
                return Ok(None);
            }
            has_type |= key == b"resourceType";
            has_event |= key == b"invokingEvent";
            self.snapshot |= key == b"configSnapshotId";
            self.checked_value()?;
            match self.peek()? {
                None => return Err(Fault::Truncated),
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return match (has_type, has_event) {
                        (_, true) => Err(Fault::Event),
                        (true, false) => self.within_limit(start..self.at).map(Some),
                        (false, false) => Err(Fault::NotConfigData),
                    };
                }
                Some(_) => return Err(Fault::NotJson("a comma or the end of the object")),
            }
        }
    }

    /// A member's key, without its quotes, and the first byte of its value.
    fn key(&mut self) -> Result<(Range<usize>, u8), Fault> {
        match self.peek()? {
            Some(b'"') => {}
            None => return Err(Fault::Truncated),
            Some(_) => return Err(Fault::NotJson("a key in quotes")),
        }
        let key = self.value()?;
        let key = self.within_limit(key)?;
        match self.peek()? {
            Some(b':') => self.at += 1,
            None => return Err(Fault::Truncated),
            Some(_) => return Err(Fault::NotJson("a colon")),
        }
        let next = self.peek()?.ok_or(Fault::Truncated)?;
        Ok((key.start + 1..key.end - 1, next))
    }

    /// A value that nobody looks into, which must be JSON all the same.
    fn checked_value(&mut self) -> Result<(), Fault> {
        self.peek()?;
        let value = self.value()?;
        let value = self.within_limit(value)?;
        let text = std::str::from_utf8(&self.text[value]).map_err(|_| Fault::NotUtf8)?;
        sonic_rs::from_str::<IgnoredAny>(text).map_err(|_| Fault::NotJson("a value"))?;
        Ok(())
    }

    /// The value that begins here.
    fn value(&mut self) -> Result<Range<usize>, Fault> {
        let start = self.at;
        let mut scanner = Scanner::default();
        match self.text.get(start) {
            None => Err(Fault::Truncated),
            Some(b'{' | b'[') => loop {
                if let Some(length) = scanner.end(&self.text[self.at..])? {
                    self.at += length;
                    return Ok(start..self.at);
                }
                self.at = self.text.len();
                self.more(start)?;
            },
            Some(b'"') => {
                self.at += 1;
                loop {
                    match memchr::memchr2(b'"', b'\\', &self.text[self.at..]) {
                        Some(found) if self.text[self.at + found] == b'"' => {
                            self.at += found + 1;
                            return Ok(start..self.at);
                        }
                        Some(found) if self.at + found + 1 < self.text.len() => self.at += found + 2,
                        Some(found) => {
                            self.at += found;
                            self.more(start)?;
                        }
                        None => {
                            self.at = self.text.len();
                            self.more(start)?;
                        }
                    }
                }
            }
            Some(_) => loop {
                let end = self.text[self.at..].iter().position(|byte| b",]} \t\r\n".contains(byte));
                match end {
                    Some(0) if self.at == start => return Err(Fault::NotJson("a value")),
                    Some(length) => {
                        self.at += length;
                        return Ok(start..self.at);
                    }
                    None => {
                        self.at = self.text.len();
                        if !self.fill()? {
                            return Ok(start..self.at);
                        }
                    }
                }
            },
        }
    }

    /// Reads on in the middle of a value that began at `start`.
    fn more(&mut self, start: usize) -> Result<(), Fault> {
        if (self.text.len() - start) as u64 > self.limits.item {
            return Err(Fault::ItemTooLarge(self.limits.item));
        }
        if self.fill()? { Ok(()) } else { Err(Fault::Truncated) }
    }

    /// The next byte that is no space, which is not passed over.
    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let rest = &self.text[self.at..];
            if let Some(skipped) = rest.iter().position(|byte| !b" \t\r\n".contains(byte)) {
                self.at += skipped;
                return Ok(Some(self.text[self.at]));
            }
            self.at = self.text.len();
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads more of the stream; false at its end.
    fn fill(&mut self) -> Result<bool, Fault> {
        let begin = self.offset == 0 && self.text.is_empty();
        let filled = self.text.len();
        self.text.resize(filled + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.text[filled..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.text.truncate(filled + *read.as_ref().unwrap_or(&0));
        let read = read?;
        if self.offset + self.text.len() as u64 > self.limits.unpacked {
            return Err(Fault::TooLarge(self.limits.unpacked));
        }
        if begin && self.text.starts_with(b"\xef\xbb\xbf") {
            self.at = 3;
        }
        Ok(read > 0)
    }
}

/// What AWS calls a list of items: in snapshots, history files and `GetResourceConfigHistory`; in `BatchGetResourceConfig`.
fn is_list_of_items(key: &[u8]) -> bool {
    matches!(key, b"configurationItems" | b"baseConfigurationItems")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stream's chunks are larger than the limit, so a value is only seen to be too large once it is read.
    #[test]
    fn what_is_too_large_is_so_however_it_arrives() {
        let limits = Limits { item: 100, unpacked: 1 << 20 };
        let long = "x".repeat(99);
        for (file, fault) in [
            (format!(r#"{{"a": "{long}"}}"#), "an item is larger than 100 bytes"),
            (format!(r#"{{"{long}": 1}}"#), "an item is larger than 100 bytes"),
            (format!(r#"{{"a": "{}"}}"#, &long[2..]), "it is JSON, but no data of AWS Config"),
        ] {
            let error = Splitter::new(file.as_bytes(), limits).next_batch().expect_err(&file).to_string();
            assert!(error.starts_with(fault), "{file}: {error}");
        }
    }
}
