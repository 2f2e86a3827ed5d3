use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

rule! {
    /// Default security groups carry no rules.
    ///
    /// Whatever is launched without a security group gets its VPC's default group, which at first lets its members
    /// reach each other and the world. Without rules it lets nothing through, and what was forgotten stays isolated.
    ///
    /// Not applicable to other groups.
    pub struct VpcDefaultSecurityGroupClosed {
        id: "vpc-default-security-group-closed",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("VPC_DEFAULT_SECURITY_GROUP_CLOSED"),
        remediation: "Give what uses the group a group of its own, then remove all rules: `aws ec2 revoke-security-group-ingress` and `aws ec2 revoke-security-group-egress`, each with `--group-id <group> --security-group-rule-ids <rules>`.",
    }
}

impl Rule for VpcDefaultSecurityGroupClosed {
    type View = ec2::SecurityGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, ec2::SecurityGroup>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match group.group_name()? {
            Some("default") => {}
            Some(name) => return Ok(Verdict::not_applicable(format!("the group is {name}, not the default one"))),
            None => return Ok(Verdict::non_compliant("the item does not say whether the group is the default one")),
        }
        let (Some(inbound), Some(outbound)) = (group.ip_permissions()?, group.ip_permissions_egress()?) else {
            return Ok(Verdict::non_compliant("the item does not list the group's inbound and outbound rules"));
        };
        let rules: Vec<_> = [("inbound", inbound.len()), ("outbound", outbound.len())]
            .into_iter()
            .filter(|(_, rules)| *rules > 0)
            .map(|(way, rules)| count(i64::try_from(rules).unwrap_or(i64::MAX), &format!("{way} rule")))
            .collect();
        if rules.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("the default group has {}, but must have none", rules.join(" and "))))
    }
}
