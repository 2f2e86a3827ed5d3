use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::inbound::closed_to_the_world;

const SSH: u16 = 22;

rule! {
    /// Security groups do not open SSH to the world.
    ///
    /// An open port 22 is found within minutes and tried from then on. A group is noncompliant if an inbound rule lets
    /// every IPv4 or every IPv6 address reach TCP port 22: by that port, by a range of ports around it, or by all
    /// protocols (`-1`).
    ///
    /// What a managed prefix list holds is not in the item: a rule that names one is not judged. Neither are ranges
    /// that are large but not the whole address space.
    pub struct RestrictedSsh {
        id: "restricted-ssh",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("INCOMING_SSH_DISABLED"),
        remediation: "Remove the inbound rule: `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>`. Reach instances with Session Manager, which needs no open port, or allow only the addresses of the VPN.",
    }
}

impl Rule for RestrictedSsh {
    type View = ec2::SecurityGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, ec2::SecurityGroup>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        closed_to_the_world(group, &[SSH].into())
    }
}
