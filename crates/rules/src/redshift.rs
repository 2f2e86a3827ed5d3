//! Rules about Amazon Redshift.

mod redshift_audit_logging_enabled;
mod redshift_backup_enabled;
mod redshift_cluster_configuration_check;
mod redshift_cluster_kms_enabled;
mod redshift_cluster_maintenancesettings_check;
mod redshift_cluster_public_access_check;
mod redshift_default_admin_check;
mod redshift_default_db_name_check;
mod redshift_enhanced_vpc_routing_enabled;
mod redshift_snapshot_copy_retention;

use config_item::{Unreadable, views::redshift};
use config_rule::Entry;

pub use redshift_audit_logging_enabled::RedshiftAuditLoggingEnabled;
pub use redshift_backup_enabled::RedshiftBackupEnabled;
pub use redshift_cluster_configuration_check::RedshiftClusterConfigurationCheck;
pub use redshift_cluster_kms_enabled::RedshiftClusterKmsEnabled;
pub use redshift_cluster_maintenancesettings_check::RedshiftClusterMaintenancesettingsCheck;
pub use redshift_cluster_public_access_check::RedshiftClusterPublicAccessCheck;
pub use redshift_default_admin_check::RedshiftDefaultAdminCheck;
pub use redshift_default_db_name_check::RedshiftDefaultDbNameCheck;
pub use redshift_enhanced_vpc_routing_enabled::RedshiftEnhancedVpcRoutingEnabled;
pub use redshift_snapshot_copy_retention::RedshiftSnapshotCopyRetention;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<RedshiftAuditLoggingEnabled>(),
    Entry::item::<RedshiftBackupEnabled>(),
    Entry::item::<RedshiftClusterConfigurationCheck>(),
    Entry::item::<RedshiftClusterKmsEnabled>(),
    Entry::item::<RedshiftClusterMaintenancesettingsCheck>(),
    Entry::item::<RedshiftClusterPublicAccessCheck>(),
    Entry::item::<RedshiftDefaultAdminCheck>(),
    Entry::item::<RedshiftDefaultDbNameCheck>(),
    Entry::item::<RedshiftEnhancedVpcRoutingEnabled>(),
    Entry::item::<RedshiftSnapshotCopyRetention>(),
];

/// Whether the cluster writes an audit log, where its item says so.
fn audit_logging(cluster: &redshift::Cluster) -> Result<Option<bool>, Unreadable> {
    match cluster.logging_status()? {
        Some(status) => status.logging_enabled(),
        None => Ok(None),
    }
}

/// What is wrong with a setting that must be as required.
fn differs(what: &str, setting: Option<bool>, required: bool) -> Option<String> {
    match setting {
        Some(setting) if setting == required => None,
        Some(true) => Some(format!("{what} is on, where it must be off")),
        Some(false) => Some(format!("{what} is off")),
        None => Some(format!("the item does not say whether {what} is on")),
    }
}
