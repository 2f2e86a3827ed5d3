//! Rules about AWS Key Management Service.

mod cmk_backing_key_rotation_enabled;
mod kms_cmk_not_scheduled_for_deletion;

use config_rule::Entry;

pub use cmk_backing_key_rotation_enabled::CmkBackingKeyRotationEnabled;
pub use kms_cmk_not_scheduled_for_deletion::KmsCmkNotScheduledForDeletion;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<CmkBackingKeyRotationEnabled>(), Entry::item::<KmsCmkNotScheduledForDeletion>()];
