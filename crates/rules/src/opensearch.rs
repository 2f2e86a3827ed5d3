//! Rules about Amazon OpenSearch Service.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
