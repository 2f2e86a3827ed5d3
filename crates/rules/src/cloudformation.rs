//! Rules about AWS CloudFormation.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
