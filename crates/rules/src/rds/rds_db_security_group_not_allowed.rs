use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// No DB security groups besides the default one exist.
    ///
    /// DB security groups belong to EC2-Classic, the network before VPCs, which AWS has switched off. Access to a
    /// database is ruled by its VPC's security groups; a group of the old kind is a leftover that only misleads.
    ///
    /// The group named `default`, which AWS makes and which can't be deleted, is compliant, as with AWS's rule.
    ///
    /// Never not applicable to a recorded group.
    pub struct RdsDbSecurityGroupNotAllowed {
        id: "rds-db-security-group-not-allowed",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_DB_SECURITY_GROUP_NOT_ALLOWED"),
        remediation: "Delete the group: `aws rds delete-db-security-group --db-security-group-name <name>`.",
    }
}

impl Rule for RdsDbSecurityGroupNotAllowed {
    type View = rds::DbSecurityGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, rds::DbSecurityGroup>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match group.name()? {
            Some(name) if name.eq_ignore_ascii_case("default") => Ok(Verdict::Compliant),
            Some(name) => {
                Ok(Verdict::non_compliant(format!("{name} is a DB security group other than the default one")))
            }
            None => Ok(Verdict::non_compliant("the item does not name the DB security group")),
        }
    }
}
