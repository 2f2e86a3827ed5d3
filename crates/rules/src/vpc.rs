//! Rules about Amazon VPC.

pub mod restricted_ssh;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<restricted_ssh::RestrictedSsh>()];
