//! Rules about AWS CodeBuild.

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[];
