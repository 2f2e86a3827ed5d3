//! Rules about Amazon VPC.

mod restricted_ssh;

use config_rule::Entry;

pub use restricted_ssh::RestrictedSsh;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<RestrictedSsh>()];
