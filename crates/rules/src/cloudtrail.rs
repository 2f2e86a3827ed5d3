//! Rules about AWS CloudTrail.

mod cloud_trail_encryption_enabled;
mod cloud_trail_log_file_validation_enabled;

use config_rule::Entry;

pub use cloud_trail_encryption_enabled::CloudTrailEncryptionEnabled;
pub use cloud_trail_log_file_validation_enabled::CloudTrailLogFileValidationEnabled;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<CloudTrailEncryptionEnabled>(), Entry::item::<CloudTrailLogFileValidationEnabled>()];
