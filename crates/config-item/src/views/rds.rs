//! Amazon RDS, Aurora included.

use super::macros::view;

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
            /// The cluster that the instance belongs to.
            cluster: String = "dBClusterIdentifier",
            /// The engine: `mysql`, `aurora-postgresql`, ….
            engine: String = "engine",
            /// `available`, `creating`, `deleting`, ….
            status: String = "dBInstanceStatus",
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
        }
    }
}
