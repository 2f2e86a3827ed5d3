use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Snapshots of databases are encrypted.
    ///
    /// A snapshot is the whole database in one piece, easily copied and shared. It is encrypted if its database was, or
    /// if it is a copy that was made with a key.
    ///
    /// Snapshots of instances and of clusters are judged, those of DocumentDB and Neptune included.
    ///
    /// Never not applicable to a recorded snapshot.
    pub struct RdsSnapshotEncrypted {
        id: "rds-snapshot-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_SNAPSHOT_ENCRYPTED"),
        remediation: "Make an encrypted copy and delete the original: `aws rds copy-db-snapshot --kms-key-id <key>`, `aws rds delete-db-snapshot`; for a cluster, restore the snapshot with a key and make a new one of the restored cluster. Encrypt the database, or its next snapshot is unencrypted again.",
    }
}

impl Rule for RdsSnapshotEncrypted {
    type View = rds::Snapshot;
    type Params = Params;

    fn evaluate(snapshot: &Item<'_, rds::Snapshot>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let encrypted = match &**snapshot {
            rds::Snapshot::Instance(snapshot) => snapshot.encrypted()?,
            rds::Snapshot::Cluster(snapshot) => snapshot.storage_encrypted()?,
        };
        Ok(match encrypted {
            Some(true) => Verdict::Compliant,
            Some(false) => Verdict::non_compliant("the snapshot is not encrypted"),
            None => Verdict::non_compliant("the item does not say whether the snapshot is encrypted"),
        })
    }
}
