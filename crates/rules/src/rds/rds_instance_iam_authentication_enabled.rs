use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::not_settled;
use crate::switches::must_be_on;

rule! {
    /// RDS instances let users sign in with IAM.
    ///
    /// With IAM authentication, a user or an application signs in with a token of 15 minutes in place of a password
    /// that someone must keep, share and rotate, and over TLS only.
    ///
    /// Not applicable to engines other than MySQL, MariaDB, PostgreSQL and Aurora, and to instances that are not in one
    /// of the statuses in which AWS's rule judges them (`available`, `backing-up`, `storage-optimization`,
    /// `storage-full`). AWS's page for the rule leaves MariaDB out; it has IAM authentication, and Security Hub's page
    /// names it.
    pub struct RdsInstanceIamAuthenticationEnabled {
        id: "rds-instance-iam-authentication-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED"),
        remediation: "Turn it on: `aws rds modify-db-instance --enable-iam-database-authentication --apply-immediately --db-instance-identifier <name>` (for a member of a cluster, `modify-db-cluster` on the cluster), and make the database users that sign in so.",
    }
}

impl Rule for RdsInstanceIamAuthenticationEnabled {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_settled(db)? {
            return Ok(verdict);
        }
        if let Some(engine) = db.engine()?
            && !matches!(engine, "mysql" | "mariadb" | "postgres" | "aurora" | "aurora-mysql" | "aurora-postgresql")
        {
            return Ok(Verdict::not_applicable(format!("the engine {engine} has no IAM authentication")));
        }
        Ok(must_be_on("IAM authentication", db.iam_authentication()?))
    }
}
