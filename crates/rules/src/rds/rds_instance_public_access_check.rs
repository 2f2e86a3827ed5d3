use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// RDS instances have no public address.
    ///
    /// A publicly accessible instance has a name that resolves to a public address, and only its security groups stand
    /// between it and everyone. The setting alone is judged, whatever the groups and routes say.
    ///
    /// Never not applicable to a recorded instance.
    pub struct RdsInstancePublicAccessCheck {
        id: "rds-instance-public-access-check",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_INSTANCE_PUBLIC_ACCESS_CHECK"),
        remediation: "Take the public address away: `aws rds modify-db-instance --no-publicly-accessible --apply-immediately --db-instance-identifier <name>`. Whoever needs to reach it from outside goes through the VPN or a bastion.",
    }
}

impl Rule for RdsInstancePublicAccessCheck {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match db.publicly_accessible()? {
            Some(false) => Ok(Verdict::Compliant),
            Some(true) => Ok(Verdict::non_compliant("the instance is publicly accessible")),
            None => Ok(Verdict::non_compliant("the item does not say whether the instance is publicly accessible")),
        }
    }
}
