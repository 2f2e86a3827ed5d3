//! Rules about Amazon ECS.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
