use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::names::own_name;

rule! {
    /// Redshift clusters have a database of their own name.
    ///
    /// A name that everyone knows is one thing less to find out: Redshift suggests `dev`. Where `validDatabaseNames` is
    /// given, the name must be in that list, and listing the default does not make it acceptable. The name is that of
    /// the database that the cluster was made with; those added later are not in the item.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftDefaultDbNameCheck {
        id: "redshift-default-db-name-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_DEFAULT_DB_NAME_CHECK"),
        remediation: "The name can't be changed: make a new cluster with another one (`aws redshift create-cluster --db-name <name>`), move the data with `UNLOAD` and `COPY` or a datashare, and let it take the old one's place.",
    }
    params {
        /// Names that are accepted. Without it, every name is but the default.
        accepted: Vec<String>, "validDatabaseNames";
    }
}

impl Rule for RedshiftDefaultDbNameCheck {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(own_name("database's name", cluster.db_name()?, &["dev"], params.accepted.as_deref()))
    }
}
