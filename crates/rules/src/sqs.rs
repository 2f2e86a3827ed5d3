//! Rules about Amazon SQS.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
