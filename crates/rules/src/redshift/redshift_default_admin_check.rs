use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::names::own_name;

rule! {
    /// Redshift clusters have an administrator of their own name.
    ///
    /// Whoever guesses passwords begins with the name that Redshift suggests, `awsuser`. Where `validAdminUserNames` is
    /// given, the name must be in that list, and listing the default does not make it acceptable.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftDefaultAdminCheck {
        id: "redshift-default-admin-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_DEFAULT_ADMIN_CHECK"),
        remediation: "The name can't be changed: make a new cluster with another one (`aws redshift create-cluster --master-username <name>`), move the data with `UNLOAD` and `COPY` or a datashare, and let it take the old one's place.",
    }
    params {
        /// Names that are accepted. Without it, every name is but the default.
        accepted: Vec<String>, "validAdminUserNames";
    }
}

impl Rule for RedshiftDefaultAdminCheck {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(own_name("administrator's name", cluster.master_username()?, &["awsuser"], params.accepted.as_deref()))
    }
}
