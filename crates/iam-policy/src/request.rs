//! What is known of a request.

use std::collections::BTreeMap;

/// The known part of a request's context. A key that is not mentioned may be present or absent, with any value.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// By key in lower case; `None` is known to be absent.
    facts: BTreeMap<String, Option<String>>,
}

/// What is known of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact<'a> {
    Unknown,
    Absent,
    Present(&'a str),
}

impl Request {
    /// A request of which nothing is known.
    #[must_use]
    pub fn new() -> Request {
        Request::default()
    }

    /// The key is present with this one value.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> Request {
        self.facts.insert(key.to_ascii_lowercase(), Some(value.to_owned()));
        self
    }

    /// The key is absent.
    #[must_use]
    pub fn without(mut self, key: &str) -> Request {
        self.facts.insert(key.to_ascii_lowercase(), None);
        self
    }

    /// What is known of a key that is given in lower case.
    pub(crate) fn fact(&self, key: &str) -> Fact<'_> {
        match self.facts.get(key) {
            None => Fact::Unknown,
            Some(None) => Fact::Absent,
            Some(Some(value)) => Fact::Present(value),
        }
    }
}
