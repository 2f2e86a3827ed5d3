//! What an AWS Config rule is: metadata, parameters, verdict. No I/O, no clock.
//!
//! An *item rule* ([`Rule`]) judges one configuration item; a *facts rule* ([`FactsRule`]) judges what was gathered
//! from an API. Both are declared with [`rule!`], which keeps the rule's documentation, metadata and parameters in one
//! place, and both are listed as an [`Entry`] in the registry of the `rules` crate.

mod context;
mod entry;
mod metadata;
mod parameters;
mod rule;
mod verdict;

pub use context::Context;
pub use entry::{CannotJudge, ConfiguredFactsRule, ConfiguredItemRule, Entry, Kind, not_recorded};
pub use metadata::{Frequency, Home, Managed, Metadata, ParameterSpec, Severity, Trigger};
pub use parameters::{Choice, Parameter, ParameterError, ParameterMap, Parameters};
/// A regular expression, which a rule can have as a parameter: linear in time, without look-around.
pub use regex_lite::Regex;
pub use rule::{Describe, FactsRule, Rule};
pub use verdict::{ANNOTATION_LIMIT, Compliance, Finding, Verdict};

/// What the [`rule!`] macro needs of this crate's dependencies.
#[doc(hidden)]
pub mod private {
    pub use crate::parameters::{default_of, take, take_optional, unknown};
}
