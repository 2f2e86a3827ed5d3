//! The exceptions of one rule as its function reads them: JSON in one line.

use crate::{Exception, Exceptions};

/// Most bytes of a parameter's value in the standard tier of AWS Systems Manager.
pub const LIMIT: usize = 4096;

/// A compact form is none. The text isn't quoted.
#[derive(Debug, thiserror::Error)]
#[error("it is not what `vitals exceptions compile` writes: {0}")]
pub struct CompactError(serde_json::Error);

impl Exceptions {
    /// The exceptions of a rule in one line, which [`Exceptions::from_compact`] reads. Reasons are cut to what
    /// annotations show.
    ///
    /// # Panics
    ///
    /// Never: text and dates can always be written.
    #[must_use]
    pub fn compact(&self, rule: &str) -> String {
        let cut = |exception: &Exception| Exception { reason: exception.shown_reason(), ..exception.clone() };
        let list: Vec<_> = self.of(rule).iter().map(cut).collect();
        serde_json::to_string(&list).expect("it holds nothing but text and dates")
    }

    /// Reads the exceptions of a rule.
    ///
    /// # Errors
    ///
    /// [`CompactError`] where the text is anything else than what [`Exceptions::compact`] writes.
    pub fn from_compact(rule: &str, text: &str) -> Result<Self, CompactError> {
        let list: Vec<Exception> = serde_json::from_str(text).map_err(CompactError)?;
        Ok(Self::new(list.into_iter().map(|exception| Exception { rule: rule.to_owned(), ..exception })))
    }
}
