use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::not_of_rds;
use crate::switches::must_be_on;

rule! {
    /// DB clusters have instances in more than one zone.
    ///
    /// The storage of an Aurora cluster spans three zones by itself, but a cluster whose only instance is lost stays
    /// unreachable until a new one is made. RDS calls a cluster Multi-AZ once a second instance runs in another zone,
    /// and so does this rule; the zones of the single instances are not in the item.
    ///
    /// Not applicable to Aurora Serverless v1, which has no instances to place, nor to clusters of Neptune and
    /// DocumentDB, which share the resource type.
    pub struct RdsClusterMultiAzEnabled {
        id: "rds-cluster-multi-az-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_CLUSTER_MULTI_AZ_ENABLED"),
        remediation: "Add an instance in another zone: `aws rds create-db-instance --db-cluster-identifier <cluster> --db-instance-identifier <name> --db-instance-class <class> --engine <engine> --availability-zone <zone>`.",
    }
}

impl Rule for RdsClusterMultiAzEnabled {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_of_rds(cluster)? {
            return Ok(verdict);
        }
        if cluster.engine_mode()? == Some("serverless") {
            return Ok(Verdict::not_applicable("the cluster is Aurora Serverless v1, which has no instances to place"));
        }
        Ok(must_be_on("Multi-AZ", cluster.multi_az()?))
    }
}
