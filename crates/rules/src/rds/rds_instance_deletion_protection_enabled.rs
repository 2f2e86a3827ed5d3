use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::is_cluster_member;
use crate::switches::must_be_on;

rule! {
    /// RDS instances refuse to be deleted.
    ///
    /// With deletion protection, deleting an instance takes two steps by whoever may modify it, so that neither a slip
    /// nor a script loses the data.
    ///
    /// Not applicable to members of a cluster, which the cluster protects, nor to engines outside `databaseEngines`
    /// where that is given.
    pub struct RdsInstanceDeletionProtectionEnabled {
        id: "rds-instance-deletion-protection-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_INSTANCE_DELETION_PROTECTION_ENABLED"),
        remediation: "Turn it on: `aws rds modify-db-instance --deletion-protection --apply-immediately --db-instance-identifier <name>`.",
    }
    params {
        /// Engines that are judged: `mysql, postgres`. Without it, all are.
        engines: Vec<String>, "databaseEngines";
    }
}

impl Rule for RdsInstanceDeletionProtectionEnabled {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if is_cluster_member(db)? {
            return Ok(Verdict::not_applicable("the instance is a member of a cluster, which protects it"));
        }
        if let (Some(engines), Some(engine)) = (&params.engines, db.engine()?)
            && !engines.iter().any(|listed| listed.eq_ignore_ascii_case(engine))
        {
            return Ok(Verdict::not_applicable(format!("the engine {engine} is not one of databaseEngines")));
        }
        Ok(must_be_on("deletion protection", db.deletion_protection()?))
    }
}
