//! Amazon Redshift.

use super::macros::{object, view};

view! {
    /// A cluster.
    pub struct Cluster("AWS::Redshift::Cluster") {
        configuration {
            /// Days that automated snapshots are kept; 0 turns them off.
            automated_snapshot_retention_period: i64 = "automatedSnapshotRetentionPeriod",
            /// Whether the cluster is encrypted.
            encrypted: bool = "encrypted",
            /// The ARN of the KMS key that it is encrypted with; absent where an HSM holds the key.
            kms_key_id: String = "kmsKeyId",
            /// The type of the nodes: `ra3.xlplus`.
            node_type: String = "nodeType",
            /// Whether new versions are installed in the maintenance window.
            allow_version_upgrade: bool = "allowVersionUpgrade",
            /// The weekly maintenance window, in UTC: `tue:10:00-tue:10:30`.
            preferred_maintenance_window: String = "preferredMaintenanceWindow",
            /// Whether the cluster has a public address.
            publicly_accessible: bool = "publiclyAccessible",
            /// Whether `COPY` and `UNLOAD` stay in the VPC.
            enhanced_vpc_routing: bool = "enhancedVpcRouting",
            /// The administrator's name.
            master_username: String = "masterUsername",
            /// The name of the database that the cluster was made with.
            db_name: String = "dBName",
            /// Where snapshots are copied to; absent where they aren't.
            snapshot_copy: SnapshotCopy = "clusterSnapshotCopyStatus",
        }
        supplementary {
            /// The audit log's settings.
            logging_status: LoggingStatus = "LoggingStatus",
        }
    }
}

object! {
    /// The copying of a cluster's snapshots to another region.
    pub struct SnapshotCopy at "configuration.clusterSnapshotCopyStatus" {
        /// The other region.
        destination_region: String = "destinationRegion",
        /// Days that copies of automated snapshots are kept.
        retention_period: i64 = "retentionPeriod",
    }
}

object! {
    /// The settings of a cluster's audit log.
    pub struct LoggingStatus at "supplementaryConfiguration.LoggingStatus" {
        /// Whether the log is written.
        logging_enabled: bool = "loggingEnabled",
        /// The bucket that it is written to.
        bucket_name: String = "bucketName",
    }
}
