use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// DB clusters are encrypted at rest.
    ///
    /// A cluster's storage is shared by its instances, and so is its encryption, which reaches to the backups and
    /// snapshots. Clusters of DocumentDB and Neptune share the resource type and are judged too.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RdsClusterEncryptedAtRest {
        id: "rds-cluster-encrypted-at-rest",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_CLUSTER_ENCRYPTED_AT_REST"),
        remediation: "A cluster can't be encrypted in place: make a snapshot of it, restore an encrypted cluster from that with `aws rds restore-db-cluster-from-snapshot --kms-key-id <key>`, and let that one take its place.",
    }
}

impl Rule for RdsClusterEncryptedAtRest {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(must_be_on("storage encryption", cluster.storage_encrypted()?))
    }
}
