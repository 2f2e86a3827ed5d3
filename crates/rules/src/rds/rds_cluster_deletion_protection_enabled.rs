use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// DB clusters refuse to be deleted.
    ///
    /// With deletion protection, deleting a cluster takes two steps by whoever may modify it, so that neither a slip
    /// nor a script loses the data. Clusters of DocumentDB and Neptune share the resource type and are judged too.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RdsClusterDeletionProtectionEnabled {
        id: "rds-cluster-deletion-protection-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_CLUSTER_DELETION_PROTECTION_ENABLED"),
        remediation: "Turn it on: `aws rds modify-db-cluster --deletion-protection --apply-immediately --db-cluster-identifier <name>`.",
    }
}

impl Rule for RdsClusterDeletionProtectionEnabled {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(must_be_on("deletion protection", cluster.deletion_protection()?))
    }
}
