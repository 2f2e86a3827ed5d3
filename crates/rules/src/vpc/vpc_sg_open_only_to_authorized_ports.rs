use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use super::inbound::{NOT_LISTED, Protocol, Transport, ports, protocol, traffic, verdict, world};

rule! {
    /// Security groups open only authorized ports to the world.
    ///
    /// What is meant for everyone, HTTPS mostly, is listed; every other port that an inbound rule opens to every IPv4
    /// or every IPv6 address is a mistake. As with AWS's rule, nothing is authorized where no parameter says so. An
    /// inbound rule for all protocols, or for one without ports (ICMP), stays within no list of ports and is
    /// noncompliant.
    ///
    /// Not applicable to groups that open nothing to the world. What a managed prefix list holds is not in the item, so
    /// it does not count as the world.
    pub struct VpcSgOpenOnlyToAuthorizedPorts {
        id: "vpc-sg-open-only-to-authorized-ports",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"),
        remediation: "Remove the inbound rule, or narrow its source: `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>`. A port that is meant for everyone belongs in `authorizedTcpPorts` or `authorizedUdpPorts`.",
    }
    params {
        /// TCP ports that may be open to the world: `443,1020-1025`.
        tcp: PortRanges, "authorizedTcpPorts";
        /// UDP ports that may be open to the world: `500,1020-1025`.
        udp: PortRanges, "authorizedUdpPorts";
    }
}

impl Rule for VpcSgOpenOnlyToAuthorizedPorts {
    type View = ec2::SecurityGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, ec2::SecurityGroup>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(permissions) = group.ip_permissions()? else {
            return Ok(Verdict::non_compliant(NOT_LISTED));
        };
        let mut is_open = false;
        let mut findings = Vec::new();
        for permission in permissions {
            let Some(source) = world(permission)? else { continue };
            is_open = true;
            let authorized = match protocol(permission)? {
                Protocol::Transport(Transport::Tcp) => covers(params.tcp.as_ref(), ports(permission)?),
                Protocol::Transport(Transport::Udp) => covers(params.udp.as_ref(), ports(permission)?),
                Protocol::All | Protocol::Other(_) => false,
            };
            if !authorized {
                findings.push(format!("{} from {source} is not authorized", traffic(permission)?));
            }
        }
        if !is_open {
            return Ok(Verdict::not_applicable("no inbound rule of the group is open to the world"));
        }
        Ok(verdict(&findings))
    }
}

fn covers(authorized: Option<&PortRanges>, ports: (i64, i64)) -> bool {
    authorized.is_some_and(|ranges| ranges.cover(ports))
}

/// A parameter that lists ports and ranges of ports, in the order of their first ports.
#[derive(Clone, Debug)]
pub struct PortRanges(Vec<(u16, u16)>);

impl PortRanges {
    /// Whether every port from the first to the last is in one of the ranges.
    fn cover(&self, (first, last): (i64, i64)) -> bool {
        let mut uncovered = first;
        for (from, to) in &self.0 {
            if i64::from(*from) <= uncovered {
                uncovered = uncovered.max(i64::from(*to) + 1);
            }
        }
        uncovered > last
    }
}

impl Parameter for PortRanges {
    const ACCEPTS: &'static str = "a comma-separated list of ports and ranges of ports, such as 443,1020-1025";

    fn parse(text: &str) -> Option<Self> {
        let mut ranges = Vec::new();
        for entry in text.split(',') {
            let (from, to) = entry.split_once('-').unwrap_or((entry, entry));
            let (from, to) = (u16::parse(from.trim())?, u16::parse(to.trim())?);
            if from > to {
                return None;
            }
            ranges.push((from, to));
        }
        ranges.sort_unstable();
        Some(Self(ranges))
    }

    fn show(&self) -> String {
        self.0.iter().map(|(from, to)| format!("{from}-{to}")).collect::<Vec<_>>().join(",")
    }
}
