//! Amazon RDS, Aurora included.

use super::macros::{object, one_of, view};

view! {
    /// A database instance.
    pub struct DbInstance("AWS::RDS::DBInstance") {
        configuration {
            /// Days that automated backups are kept; 0 turns them off.
            backup_retention_period: i64 = "backupRetentionPeriod",
            /// The daily window of automated backups, in UTC: `08:50-09:20`.
            preferred_backup_window: String = "preferredBackupWindow",
            /// The instance that this one is a read replica of.
            read_replica_source: String = "readReplicaSourceDBInstanceIdentifier",
            /// The instances that are read replicas of this one.
            read_replicas: Vec<String> = "readReplicaDBInstanceIdentifiers",
            /// The clusters that are read replicas of this instance.
            read_replica_clusters: Vec<String> = "readReplicaDBClusterIdentifiers",
            /// The cluster that the instance belongs to.
            cluster: String = "dBClusterIdentifier",
            /// The engine: `mysql`, `aurora-postgresql`, ….
            engine: String = "engine",
            /// `available`, `creating`, `deleting`, ….
            status: String = "dBInstanceStatus",
            /// Whether the storage is encrypted.
            storage_encrypted: bool = "storageEncrypted",
            /// The ARN of the KMS key that the storage is encrypted with.
            kms_key_id: String = "kmsKeyId",
            /// Whether the instance has a public address.
            publicly_accessible: bool = "publiclyAccessible",
            /// Whether a standby waits in another zone.
            multi_az: bool = "multiAZ",
            /// The logs that are exported to CloudWatch Logs; absent where there are none.
            log_exports: Vec<String> = "enabledCloudwatchLogsExports",
            /// Seconds between measurements of enhanced monitoring; 0 turns it off.
            monitoring_interval: i64 = "monitoringInterval",
            /// Whether minor versions of the engine are installed in the maintenance window.
            auto_minor_version_upgrade: bool = "autoMinorVersionUpgrade",
            /// Whether the instance refuses to be deleted.
            deletion_protection: bool = "deletionProtection",
            /// The administrator's name.
            master_username: String = "masterUsername",
            /// Whether users may sign in with IAM; the cluster's field is written otherwise.
            iam_authentication: bool = "iAMDatabaseAuthenticationEnabled",
        }
    }
}

view! {
    /// A database cluster, of Aurora or Multi-AZ; Neptune and DocumentDB share the type.
    pub struct DbCluster("AWS::RDS::DBCluster") {
        configuration {
            /// Days that automated backups are kept.
            backup_retention_period: i64 = "backupRetentionPeriod",
            /// The engine: `aurora-mysql`, `docdb`, ….
            engine: String = "engine",
            /// `provisioned`, or `serverless` for Aurora Serverless v1.
            engine_mode: String = "engineMode",
            /// Whether the storage is encrypted.
            storage_encrypted: bool = "storageEncrypted",
            /// Whether the cluster has instances in more than one zone.
            multi_az: bool = "multiAZ",
            /// The instances of the cluster.
            members: Vec<ClusterMember> = "dbclusterMembers",
            /// The clusters and instances that replicate this cluster.
            read_replicas: Vec<String> = "readReplicaIdentifiers",
            /// The cluster or instance that this cluster is a replica of.
            replication_source: String = "replicationSourceIdentifier",
            /// The logs that are exported to CloudWatch Logs.
            log_exports: Vec<String> = "enabledCloudwatchLogsExports",
            /// Whether the cluster refuses to be deleted.
            deletion_protection: bool = "deletionProtection",
            /// The administrator's name.
            master_username: String = "masterUsername",
            /// Whether users may sign in with IAM; the instance's field is written otherwise.
            iam_authentication: bool = "iamdatabaseAuthenticationEnabled",
        }
    }
}

object! {
    /// An instance in a cluster.
    pub struct ClusterMember at "configuration.dbclusterMembers" {
        /// Whether it is the one that writes.
        is_cluster_writer: bool = "isClusterWriter",
    }
}

one_of! {
    /// A database of its own: an instance or a cluster.
    pub enum Database {
        /// An instance.
        Instance(DbInstance) = "AWS::RDS::DBInstance",
        /// A cluster.
        Cluster(DbCluster) = "AWS::RDS::DBCluster",
    }
}

view! {
    /// A snapshot of an instance.
    pub struct DbSnapshot("AWS::RDS::DBSnapshot") {
        configuration {
            /// Whether the snapshot is encrypted.
            encrypted: bool = "encrypted",
            /// `manual`, `automated`, `awsbackup`.
            snapshot_type: String = "snapshotType",
        }
        supplementary {
            /// Who may use the snapshot.
            attributes: Vec<SnapshotAttribute> = "DBSnapshotAttributes",
        }
    }
}

view! {
    /// A snapshot of a cluster.
    pub struct DbClusterSnapshot("AWS::RDS::DBClusterSnapshot") {
        configuration {
            /// Whether the snapshot is encrypted; the field of an instance's snapshot has another name.
            storage_encrypted: bool = "storageEncrypted",
            /// `manual`, `automated`, `awsbackup`.
            snapshot_type: String = "snapshotType",
        }
        supplementary {
            /// Who may use the snapshot.
            attributes: Vec<SnapshotAttribute> = "DBClusterSnapshotAttributes",
        }
    }
}

object! {
    /// A permission on a snapshot and whom it is given to.
    pub struct SnapshotAttribute at "supplementaryConfiguration.DB*SnapshotAttributes" {
        /// The permission: `restore`.
        attribute_name: String = "attributeName",
        /// Account ids, or `all`.
        attribute_values: Vec<String> = "attributeValues",
    }
}

one_of! {
    /// A snapshot of an instance or of a cluster.
    pub enum Snapshot {
        /// Of an instance.
        Instance(DbSnapshot) = "AWS::RDS::DBSnapshot",
        /// Of a cluster.
        Cluster(DbClusterSnapshot) = "AWS::RDS::DBClusterSnapshot",
    }
}

view! {
    /// A DB security group, from the time before VPCs.
    pub struct DbSecurityGroup("AWS::RDS::DBSecurityGroup") {
        configuration {
            /// The group's name.
            name: String = "dBSecurityGroupName",
        }
    }
}

view! {
    /// A subscription to RDS's events.
    pub struct EventSubscription("AWS::RDS::EventSubscription") {
        configuration {
            /// Whether events are sent.
            enabled: bool = "enabled",
            /// `active`, or why no events are sent: `no-permission`, `topic-not-exist`, ….
            status: String = "status",
            /// What the events are about: `db-instance`, `db-cluster`, …; absent where it is everything.
            source_type: String = "sourceType",
            /// The kinds of events; empty where it is all of them.
            event_categories: Vec<String> = "eventCategoriesList",
            /// The topic that events are sent to.
            sns_topic_arn: String = "snsTopicArn",
        }
    }
}
