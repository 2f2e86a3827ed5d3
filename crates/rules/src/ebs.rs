//! Rules about Amazon EBS.

mod encrypted_volumes;

use config_rule::Entry;

pub use encrypted_volumes::EncryptedVolumes;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<EncryptedVolumes>()];
