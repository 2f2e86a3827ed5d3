//! What the stand-in knows of a parameter of AWS Systems Manager.

use jiff::Timestamp;

/// Most bytes of a standard parameter's value.
pub(crate) const VALUE_LIMIT: usize = 4096;

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) value: String,
    pub(crate) version: u64,
    pub(crate) modified: Timestamp,
}

impl Parameter {
    pub(crate) fn new(value: String, modified: Timestamp) -> Self {
        Self { value, version: 1, modified }
    }

    /// Gives it another value, and returns its version.
    pub(crate) fn change(&mut self, value: String, modified: Timestamp) -> u64 {
        *self = Self { value, version: self.version + 1, modified };
        self.version
    }
}
