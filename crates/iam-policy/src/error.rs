//! Why a document could not be read.

use thiserror::Error;

/// Why a policy document could not be read. Says where, and never repeats the document's text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// The text does not parse as JSON, or is nested too deeply for the parser.
    #[error("policy text is not JSON (line {line}, column {column})")]
    NotJson {
        /// Counted from one.
        line: usize,
        /// Counted from one.
        column: usize,
    },
    /// The text starts like percent-encoding but isn't, or does not decode to UTF-8.
    #[error("policy text is not percent-encoded UTF-8")]
    NotPercentEncoded,
    /// There is JSON, but it is not one object.
    #[error("policy document is not a JSON object")]
    NotAnObject,
    /// The document has no `Statement`, or one that is neither an object nor a list.
    #[error("policy document has no Statement that is an object or a list")]
    NoStatement,
    /// One statement can't be read.
    #[error("statement {position}: {fault}")]
    Statement {
        /// Which one, counted from one.
        position: usize,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// What is wrong with one statement.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// It is not an object.
    #[error("not an object")]
    NotAnObject,
    /// It has an element that the policy language does not know. Letter case counts.
    #[error("an element that the policy language does not know")]
    UnknownElement,
    /// A required element is missing.
    #[error("no {0}")]
    Missing(&'static str),
    /// An element stands beside its `Not` twin.
    #[error("both {0} and Not{0}")]
    Both(&'static str),
    /// An element has the wrong shape.
    #[error("{element} is not {expected}")]
    Malformed {
        /// Which element.
        element: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}
