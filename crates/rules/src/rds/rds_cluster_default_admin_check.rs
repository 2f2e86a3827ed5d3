use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{DEFAULT_ADMINS, not_of_rds};
use crate::names::own_name;

rule! {
    /// DB clusters have an administrator of their own name.
    ///
    /// Whoever guesses passwords begins with the names that RDS suggests: `admin` and `postgres`. Neither is accepted,
    /// on no engine. Where `validAdminUserNames` is given, the name must be in that list, and listing a default does
    /// not make it acceptable.
    ///
    /// Not applicable to clusters of Neptune and DocumentDB, which share the resource type.
    pub struct RdsClusterDefaultAdminCheck {
        id: "rds-cluster-default-admin-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_CLUSTER_DEFAULT_ADMIN_CHECK"),
        remediation: "The name can't be changed: make a new cluster with another one (`aws rds create-db-cluster --master-username <name>`), move the data with a dump or with DMS, and let it take the old one's place.",
    }
    params {
        /// Names that are accepted. Without it, every name is but the defaults.
        accepted: Vec<String>, "validAdminUserNames";
    }
}

impl Rule for RdsClusterDefaultAdminCheck {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_of_rds(cluster)? {
            return Ok(verdict);
        }
        Ok(own_name("administrator's name", cluster.master_username()?, DEFAULT_ADMINS, params.accepted.as_deref()))
    }
}
