use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Redshift clusters have no public address.
    ///
    /// A publicly accessible cluster can be reached from the internet as far as its security groups let it, and they
    /// are changed more often than looked at. The setting alone is judged, whatever the groups and routes say.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftClusterPublicAccessCheck {
        id: "redshift-cluster-public-access-check",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK"),
        remediation: "Take the public address away: `aws redshift modify-cluster --no-publicly-accessible --cluster-identifier <name>`.",
    }
}

impl Rule for RedshiftClusterPublicAccessCheck {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match cluster.publicly_accessible()? {
            Some(false) => Ok(Verdict::Compliant),
            Some(true) => Ok(Verdict::non_compliant("the cluster is publicly accessible")),
            None => Ok(Verdict::non_compliant("the item does not say whether the cluster is publicly accessible")),
        }
    }
}
