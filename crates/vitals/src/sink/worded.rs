//! Verdicts in the words of a format.

use config_rule::{Compliance, Entry};

use crate::record::Record;

/// Puts the verdicts on a resource into the words of a format, on any thread. What stands around them is the sink's.
pub(crate) type Wording<'a> = Box<dyn Fn(&[Record<'_>], &mut Worded) + Sync + 'a>;

/// Verdicts in the words of a format, in their order.
pub(crate) struct Worded {
    text: Vec<u8>,
    verdicts: Vec<Piece>,
}

impl Default for Worded {
    /// With room for what a batch of items usually gives.
    fn default() -> Self {
        Self { text: Vec::with_capacity(256 << 10), verdicts: Vec::with_capacity(2 << 10) }
    }
}

struct Piece {
    entry: &'static Entry,
    compliance: Compliance,
    excepted: bool,
    end: usize,
}

/// A verdict and its words.
pub(crate) struct Verdict<'a> {
    pub(crate) entry: &'static Entry,
    pub(crate) compliance: Compliance,
    /// Whether an exception acted on it.
    pub(crate) excepted: bool,
    pub(crate) text: &'a [u8],
}

impl Worded {
    /// Adds a verdict, whose words `write` appends.
    pub(crate) fn push(&mut self, record: &Record<'_>, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.text);
        self.verdicts.push(Piece {
            entry: record.entry,
            compliance: record.compliance,
            excepted: record.exception.is_some(),
            end: self.text.len(),
        });
    }

    /// The words of all verdicts.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    pub(crate) fn verdicts(&self) -> impl Iterator<Item = Verdict<'_>> {
        let mut start = 0;
        self.verdicts.iter().map(move |piece| {
            let text = &self.text[start..piece.end];
            start = piece.end;
            Verdict { entry: piece.entry, compliance: piece.compliance, excepted: piece.excepted, text }
        })
    }
}
