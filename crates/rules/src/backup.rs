//! Rules about AWS Backup.

mod backup_plan_min_frequency_and_min_retention_check;
mod backup_recovery_point_encrypted;
mod backup_recovery_point_minimum_retention_check;
mod schedule;

use config_rule::Entry;

pub use backup_plan_min_frequency_and_min_retention_check::BackupPlanMinFrequencyAndMinRetentionCheck;
pub use backup_recovery_point_encrypted::BackupRecoveryPointEncrypted;
pub use backup_recovery_point_minimum_retention_check::BackupRecoveryPointMinimumRetentionCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<BackupPlanMinFrequencyAndMinRetentionCheck>(),
    Entry::item::<BackupRecoveryPointEncrypted>(),
    Entry::item::<BackupRecoveryPointMinimumRetentionCheck>(),
];

/// The days that a backup is kept, where those are fewer than required. Without a number, and with -1, it is kept for
/// ever.
fn too_few_days(delete_after_days: Option<i64>, required: u32) -> Option<i64> {
    delete_after_days.filter(|days| *days != -1 && *days < i64::from(required))
}
