use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{DEFAULT_ADMINS, is_cluster_member};
use crate::names::own_name;

rule! {
    /// RDS instances have an administrator of their own name.
    ///
    /// Whoever guesses passwords begins with the names that RDS suggests: `admin` and `postgres`. Neither is accepted,
    /// on no engine. Where `validAdminUserNames` is given, the name must be in that list, and listing a default does
    /// not make it acceptable.
    ///
    /// Not applicable to members of a cluster (the cluster has the administrator), instances of DocumentDB and Neptune
    /// included.
    pub struct RdsInstanceDefaultAdminCheck {
        id: "rds-instance-default-admin-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_INSTANCE_DEFAULT_ADMIN_CHECK"),
        remediation: "The name can't be changed: make a new instance with another one (`aws rds create-db-instance --master-username <name>`), move the data with a dump or with DMS, and let it take the old one's place.",
    }
    params {
        /// Names that are accepted. Without it, every name is but the defaults.
        accepted: Vec<String>, "validAdminUserNames";
    }
}

impl Rule for RdsInstanceDefaultAdminCheck {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if is_cluster_member(db)? {
            return Ok(Verdict::not_applicable("the instance is a member of a cluster, which has the administrator"));
        }
        Ok(own_name("administrator's name", db.master_username()?, DEFAULT_ADMINS, params.accepted.as_deref()))
    }
}
