//! Rules about AWS Secrets Manager.

mod secretsmanager_rotation_enabled_check;
mod secretsmanager_using_cmk;

use config_rule::Entry;

pub use secretsmanager_rotation_enabled_check::SecretsmanagerRotationEnabledCheck;
pub use secretsmanager_using_cmk::SecretsmanagerUsingCmk;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<SecretsmanagerRotationEnabledCheck>(), Entry::item::<SecretsmanagerUsingCmk>()];
