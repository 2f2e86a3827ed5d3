use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// Redshift clusters load and unload through their VPC.
    ///
    /// `COPY` and `UNLOAD` move whole tables. With enhanced VPC routing they go through the VPC, where endpoint
    /// policies, security groups and flow logs apply; without it, Redshift takes the way of its own network, past all
    /// of them.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftEnhancedVpcRoutingEnabled {
        id: "redshift-enhanced-vpc-routing-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED"),
        remediation: "Make sure that the VPC has a way to S3 (a gateway endpoint), then: `aws redshift modify-cluster --enhanced-vpc-routing --cluster-identifier <name>`. The cluster restarts.",
    }
}

impl Rule for RedshiftEnhancedVpcRoutingEnabled {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(must_be_on("enhanced VPC routing", cluster.enhanced_vpc_routing()?))
    }
}
