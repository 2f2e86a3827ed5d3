//! Rules about Amazon RDS, Aurora included.

mod db_instance_backup_enabled;
mod rds_automatic_minor_version_upgrade_enabled;
mod rds_cluster_backup_retention_check;
mod rds_cluster_default_admin_check;
mod rds_cluster_deletion_protection_enabled;
mod rds_cluster_encrypted_at_rest;
mod rds_cluster_iam_authentication_enabled;
mod rds_cluster_logging_enabled;
mod rds_cluster_multi_az_enabled;
mod rds_db_security_group_not_allowed;
mod rds_enhanced_monitoring_enabled;
mod rds_event_subscription_critical;
mod rds_instance_default_admin_check;
mod rds_instance_deletion_protection_enabled;
mod rds_instance_iam_authentication_enabled;
mod rds_instance_public_access_check;
mod rds_logging_enabled;
mod rds_multi_az_support;
mod rds_read_replica_present;
mod rds_snapshot_encrypted;
mod rds_snapshots_public_prohibited;
mod rds_storage_encrypted;

use config_item::{Unreadable, views::rds};
use config_rule::{Entry, Verdict};

pub use db_instance_backup_enabled::DbInstanceBackupEnabled;
pub use rds_automatic_minor_version_upgrade_enabled::RdsAutomaticMinorVersionUpgradeEnabled;
pub use rds_cluster_backup_retention_check::RdsClusterBackupRetentionCheck;
pub use rds_cluster_default_admin_check::RdsClusterDefaultAdminCheck;
pub use rds_cluster_deletion_protection_enabled::RdsClusterDeletionProtectionEnabled;
pub use rds_cluster_encrypted_at_rest::RdsClusterEncryptedAtRest;
pub use rds_cluster_iam_authentication_enabled::RdsClusterIamAuthenticationEnabled;
pub use rds_cluster_logging_enabled::RdsClusterLoggingEnabled;
pub use rds_cluster_multi_az_enabled::RdsClusterMultiAzEnabled;
pub use rds_db_security_group_not_allowed::RdsDbSecurityGroupNotAllowed;
pub use rds_enhanced_monitoring_enabled::RdsEnhancedMonitoringEnabled;
pub use rds_event_subscription_critical::RdsEventSubscriptionCritical;
pub use rds_instance_default_admin_check::RdsInstanceDefaultAdminCheck;
pub use rds_instance_deletion_protection_enabled::RdsInstanceDeletionProtectionEnabled;
pub use rds_instance_iam_authentication_enabled::RdsInstanceIamAuthenticationEnabled;
pub use rds_instance_public_access_check::RdsInstancePublicAccessCheck;
pub use rds_logging_enabled::RdsLoggingEnabled;
pub use rds_multi_az_support::RdsMultiAzSupport;
pub use rds_read_replica_present::RdsReadReplicaPresent;
pub use rds_snapshot_encrypted::RdsSnapshotEncrypted;
pub use rds_snapshots_public_prohibited::RdsSnapshotsPublicProhibited;
pub use rds_storage_encrypted::RdsStorageEncrypted;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<DbInstanceBackupEnabled>(),
    Entry::item::<RdsAutomaticMinorVersionUpgradeEnabled>(),
    Entry::item::<RdsClusterBackupRetentionCheck>(),
    Entry::item::<RdsClusterDefaultAdminCheck>(),
    Entry::item::<RdsClusterDeletionProtectionEnabled>(),
    Entry::item::<RdsClusterEncryptedAtRest>(),
    Entry::item::<RdsClusterIamAuthenticationEnabled>(),
    Entry::item::<RdsClusterLoggingEnabled>(),
    Entry::item::<RdsClusterMultiAzEnabled>(),
    Entry::item::<RdsDbSecurityGroupNotAllowed>(),
    Entry::item::<RdsEnhancedMonitoringEnabled>(),
    Entry::item::<RdsEventSubscriptionCritical>(),
    Entry::item::<RdsInstanceDefaultAdminCheck>(),
    Entry::item::<RdsInstanceDeletionProtectionEnabled>(),
    Entry::item::<RdsInstanceIamAuthenticationEnabled>(),
    Entry::item::<RdsInstancePublicAccessCheck>(),
    Entry::item::<RdsLoggingEnabled>(),
    Entry::item::<RdsMultiAzSupport>(),
    Entry::item::<RdsReadReplicaPresent>(),
    Entry::item::<RdsSnapshotEncrypted>(),
    Entry::item::<RdsSnapshotsPublicProhibited>(),
    Entry::item::<RdsStorageEncrypted>(),
];

/// The administrator names that RDS suggests, whatever the engine.
const DEFAULT_ADMINS: &[&str] = &["admin", "postgres"];

/// Whether the instance is a member of a cluster: of Aurora, DocumentDB, Neptune or Multi-AZ.
fn is_cluster_member(db: &rds::DbInstance) -> Result<bool, Unreadable> {
    if db.cluster()?.is_some_and(|cluster| !cluster.is_empty()) {
        return Ok(true);
    }
    Ok(db.engine()?.is_some_and(|engine| engine.starts_with("aurora") || matches!(engine, "docdb" | "neptune")))
}

/// Whether the instance is a read replica of another one.
fn is_read_replica(db: &rds::DbInstance) -> Result<bool, Unreadable> {
    Ok(db.read_replica_source()?.is_some_and(|source| !source.is_empty()))
}

/// `NOT_APPLICABLE` for an instance in a status in which AWS's rules leave it alone: it is being created, changed or
/// deleted, stopped, failed.
fn not_settled(db: &rds::DbInstance) -> Result<Option<Verdict>, Unreadable> {
    Ok(match db.status()? {
        None | Some("available" | "backing-up" | "storage-optimization" | "storage-full") => None,
        Some(status) => Some(Verdict::not_applicable(format!("the instance is not in a settled status ({status})"))),
    })
}

/// `NOT_APPLICABLE` for a cluster of DocumentDB or Neptune, which share the type of RDS's clusters.
fn not_of_rds(cluster: &rds::DbCluster) -> Result<Option<Verdict>, Unreadable> {
    Ok(match cluster.engine()? {
        Some(engine @ ("docdb" | "neptune")) => {
            Some(Verdict::not_applicable(format!("the cluster's engine is {engine}, not one of RDS")))
        }
        _ => None,
    })
}

/// Those of the required logs that are not exported.
fn missing_logs<'a>(required: impl IntoIterator<Item = &'a str>, exported: Option<&[String]>) -> Vec<&'a str> {
    let exported = exported.unwrap_or_default();
    let mut missing: Vec<_> =
        required.into_iter().filter(|log| !exported.iter().any(|export| export.eq_ignore_ascii_case(log))).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}
