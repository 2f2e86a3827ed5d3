//! Rules about AWS Backup.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
