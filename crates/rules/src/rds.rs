//! Rules about Amazon RDS, Aurora included.

pub mod db_instance_backup_enabled;
pub mod rds_cluster_backup_retention_check;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<db_instance_backup_enabled::DbInstanceBackupEnabled>(),
    Entry::item::<rds_cluster_backup_retention_check::RdsClusterBackupRetentionCheck>(),
];
