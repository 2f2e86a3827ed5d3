use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// DB clusters let users sign in with IAM.
    ///
    /// With IAM authentication, a user or an application signs in with a token of 15 minutes in place of a password
    /// that someone must keep, share and rotate, and over TLS only. Clusters of Neptune have the setting too and are
    /// judged.
    ///
    /// Not applicable to clusters of DocumentDB, which share the resource type and lack the setting.
    pub struct RdsClusterIamAuthenticationEnabled {
        id: "rds-cluster-iam-authentication-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED"),
        remediation: "Turn it on: `aws rds modify-db-cluster --enable-iam-database-authentication --apply-immediately --db-cluster-identifier <name>`, and make the database users that sign in so.",
    }
}

impl Rule for RdsClusterIamAuthenticationEnabled {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if cluster.engine()? == Some("docdb") {
            return Ok(Verdict::not_applicable("the cluster's engine is docdb, which lacks the setting"));
        }
        Ok(must_be_on("IAM authentication", cluster.iam_authentication()?))
    }
}
