//! What the inbound rules of a security group let in: protocols and ports, and where from.

use std::collections::{BTreeSet, HashSet};

use config_item::Wire;
use config_item::views::ec2::{IpPermission, SecurityGroup};
use config_rule::{CannotJudge, Verdict};

use crate::words::count;

/// The reason where the item lacks the rules.
pub(super) const NOT_LISTED: &str = "the item does not list the group's inbound rules";

/// A protocol that has ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    Tcp,
    Udp,
}

/// What a rule lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol<'a> {
    /// Everything: every protocol, every port.
    All,
    /// A protocol whose ports the rule may narrow.
    Transport(Transport),
    /// A protocol without ports, ICMP for one.
    Other(&'a str),
}

/// Noncompliant where the whole world reaches one of these TCP ports.
pub(super) fn closed_to_the_world(group: &SecurityGroup, ports: &BTreeSet<u16>) -> Result<Verdict, CannotJudge> {
    let Some(permissions) = group.ip_permissions()? else {
        return Ok(Verdict::non_compliant(NOT_LISTED));
    };
    let mut findings = Vec::new();
    for permission in permissions {
        let mut open = Vec::new();
        for port in ports {
            if includes(permission, Transport::Tcp, *port)? {
                open.push(port.to_string());
            }
        }
        if open.is_empty() {
            continue;
        }
        if let Some(source) = world(permission)? {
            let what = if open.len() == 1 { "port" } else { "ports" };
            findings.push(format!("{} from {source} includes {what} {}", traffic(permission)?, open.join(", ")));
        }
    }
    Ok(verdict(&findings))
}

/// One finding for each inbound rule that is wrong; the first is told, the others are counted.
pub(super) fn verdict(findings: &[String]) -> Verdict {
    match findings {
        [] => Verdict::Compliant,
        [finding] => Verdict::non_compliant(format!("inbound {finding}")),
        [finding, more @ ..] => {
            let more = i64::try_from(more.len()).unwrap_or(i64::MAX);
            Verdict::non_compliant(format!("inbound {finding}, and {}", count(more, "more inbound rule")))
        }
    }
}

/// Whether a rule lets this port in.
pub(super) fn includes(permission: &IpPermission, transport: Transport, port: u16) -> Result<bool, CannotJudge> {
    Ok(match protocol(permission)? {
        Protocol::All => true,
        Protocol::Transport(of_rule) if of_rule == transport => {
            let (from, to) = ports(permission)?;
            (from..=to).contains(&i64::from(port))
        }
        Protocol::Transport(_) | Protocol::Other(_) => false,
    })
}

pub(super) fn protocol(permission: &IpPermission) -> Result<Protocol<'_>, CannotJudge> {
    // A rule without a protocol is read as one for all.
    let Some(protocol) = permission.ip_protocol()? else { return Ok(Protocol::All) };
    let is = |names: [&str; 2]| names.iter().any(|name| protocol.eq_ignore_ascii_case(name));
    // Items give names; the numbers are those under which the API accepts the same.
    Ok(if is(["tcp", "6"]) {
        Protocol::Transport(Transport::Tcp)
    } else if is(["udp", "17"]) {
        Protocol::Transport(Transport::Udp)
    } else if is(["-1", "all"]) {
        Protocol::All
    } else {
        Protocol::Other(protocol)
    })
}

/// The range of ports; without one, or with -1, all of them.
pub(super) fn ports(permission: &IpPermission) -> Result<(i64, i64), CannotJudge> {
    let from = permission.from_port()?.filter(|port| *port >= 0).unwrap_or(0);
    let to = permission.to_port()?.filter(|port| *port >= 0).unwrap_or(65_535);
    Ok((from, to))
}

/// The ranges of addresses that a rule lets in, each once.
pub(super) fn ranges(permission: &IpPermission) -> Result<Vec<&str>, CannotJudge> {
    let lists = [permission.ipv4_ranges()?, permission.ip_ranges()?, permission.ipv6_ranges()?];
    let mut seen = HashSet::new();
    Ok(lists.into_iter().flatten().flatten().map(Wire::as_seen).filter(|range| seen.insert(*range)).collect())
}

/// The range that stands for every address, where the rule has one.
pub(super) fn world(permission: &IpPermission) -> Result<Option<&str>, CannotJudge> {
    // AWS writes 0.0.0.0/0 and ::/0; any address with /0 means the same.
    Ok(ranges(permission)?.into_iter().find(|range| range.trim().ends_with("/0")))
}

/// What a rule lets in, in words: `tcp 22`, `udp 0-65535`, `all protocols`.
pub(super) fn traffic(permission: &IpPermission) -> Result<String, CannotJudge> {
    let name = match protocol(permission)? {
        Protocol::All => return Ok("all protocols".to_owned()),
        Protocol::Other(protocol) => return Ok(format!("protocol {protocol}")),
        Protocol::Transport(Transport::Tcp) => "tcp",
        Protocol::Transport(Transport::Udp) => "udp",
    };
    Ok(match ports(permission)? {
        (from, to) if from == to => format!("{name} {from}"),
        (from, to) => format!("{name} {from}-{to}"),
    })
}
