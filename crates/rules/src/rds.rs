//! Rules about Amazon RDS, Aurora included.

mod db_instance_backup_enabled;
mod rds_cluster_backup_retention_check;

use config_rule::Entry;

pub use db_instance_backup_enabled::DbInstanceBackupEnabled;
pub use rds_cluster_backup_retention_check::RdsClusterBackupRetentionCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<DbInstanceBackupEnabled>(), Entry::item::<RdsClusterBackupRetentionCheck>()];
