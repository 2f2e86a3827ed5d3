//! Rules about Amazon Elastic File System.

mod efs_encrypted_check;

use config_rule::Entry;

pub use efs_encrypted_check::EfsEncryptedCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<EfsEncryptedCheck>()];
