//! Rules about Amazon EC2 Auto Scaling.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
