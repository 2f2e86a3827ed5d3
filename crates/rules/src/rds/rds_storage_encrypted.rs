use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::same_key;
use crate::switches::must_be_on;

rule! {
    /// RDS instances are encrypted at rest.
    ///
    /// Encryption covers the storage, the backups, the snapshots and the read replicas of an instance; without it,
    /// whoever gets hold of any of them reads the data. Where `kmsKeyId` is given, it must be with that key; a bare key
    /// id and an ARN are compared by the id.
    ///
    /// Members of clusters and instances of DocumentDB and Neptune are judged too, as AWS's rule does.
    ///
    /// Never not applicable to a recorded instance.
    pub struct RdsStorageEncrypted {
        id: "rds-storage-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_STORAGE_ENCRYPTED"),
        remediation: "An instance can't be encrypted in place: make a snapshot of it, copy the snapshot with `aws rds copy-db-snapshot --kms-key-id <key>`, restore an instance from the copy, and let that one take its place.",
    }
    params {
        /// Id or ARN of the KMS key that instances must be encrypted with.
        kms_key_id: String, "kmsKeyId";
    }
}

impl Rule for RdsStorageEncrypted {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match db.storage_encrypted()? {
            Some(true) => {}
            encrypted => return Ok(must_be_on("storage encryption", encrypted)),
        }
        let Some(required) = &params.kms_key_id else { return Ok(Verdict::Compliant) };
        match db.kms_key_id()? {
            Some(key) if same_key(key, required) => Ok(Verdict::Compliant),
            Some(key) => Ok(Verdict::non_compliant(format!(
                "the instance is encrypted with {key}, not with the required {required}"
            ))),
            None => Ok(Verdict::non_compliant("the item does not say which key the instance is encrypted with")),
        }
    }
}
