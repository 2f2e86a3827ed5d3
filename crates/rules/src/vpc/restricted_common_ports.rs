use std::collections::BTreeSet;

use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::inbound::closed_to_the_world;

rule! {
    /// Security groups do not open blocked ports to the world.
    ///
    /// File transfer, remote desktops and databases are what scanners look for first. A group is noncompliant if an
    /// inbound rule lets every IPv4 or every IPv6 address reach one of the blocked TCP ports: by that port, by a range
    /// of ports around it, or by all protocols (`-1`). `blockedPorts` adds to the five other parameters and replaces
    /// none of their defaults.
    ///
    /// What a managed prefix list holds is not in the item: a rule that names one is not judged. Neither are ranges
    /// that are large but not the whole address space.
    pub struct RestrictedCommonPorts {
        id: "restricted-common-ports",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RESTRICTED_INCOMING_TRAFFIC"),
        remediation: "Remove the inbound rule: `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>`. Allow only the security groups and addresses that need the port.",
    }
    params {
        /// A TCP port that must not be open to the world.
        port1: u16 = 20_u16, "blockedPort1";
        /// A TCP port that must not be open to the world.
        port2: u16 = 21_u16, "blockedPort2";
        /// A TCP port that must not be open to the world.
        port3: u16 = 3389_u16, "blockedPort3";
        /// A TCP port that must not be open to the world.
        port4: u16 = 3306_u16, "blockedPort4";
        /// A TCP port that must not be open to the world.
        port5: u16 = 4333_u16, "blockedPort5";
        /// More TCP ports that must not be open to the world.
        ports: Vec<u16>, "blockedPorts";
    }
}

impl Rule for RestrictedCommonPorts {
    type View = ec2::SecurityGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, ec2::SecurityGroup>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let mut blocked = BTreeSet::from([params.port1, params.port2, params.port3, params.port4, params.port5]);
        blocked.extend(params.ports.iter().flatten());
        closed_to_the_world(group, &blocked)
    }
}
