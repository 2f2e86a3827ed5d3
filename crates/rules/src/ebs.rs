//! Rules about Amazon EBS.

pub mod encrypted_volumes;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<encrypted_volumes::EncryptedVolumes>()];
