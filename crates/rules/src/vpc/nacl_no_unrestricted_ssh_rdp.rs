use std::fmt;

use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

const TRAFFIC: [Traffic; 4] = [
    Traffic { name: "tcp", number: "6", port: 22 },
    Traffic { name: "tcp", number: "6", port: 3389 },
    Traffic { name: "udp", number: "17", port: 22 },
    Traffic { name: "udp", number: "17", port: 3389 },
];

rule! {
    /// Network ACLs do not open SSH and RDP to the world.
    ///
    /// The ACL is the subnet's own fence, and holds where a security group was opened by mistake. An ACL is noncompliant
    /// if its inbound entries let every IPv4 or every IPv6 address reach port 22 or 3389 by TCP or UDP (RDP uses both):
    /// by that port, by a range of ports around it, or by all protocols (`-1`).
    ///
    /// Entries are read as AWS applies them, in the order of their numbers: an entry that denies the port to the world
    /// makes those after it harmless (AWS's managed rule looks at each entry by itself). Entries for smaller ranges, allow
    /// or deny, change nothing for the rest of the world and are passed over. The default ACL of a VPC allows everything and is judged like any other.
    pub struct NaclNoUnrestrictedSshRdp {
        id: "nacl-no-unrestricted-ssh-rdp",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("NACL_NO_UNRESTRICTED_SSH_RDP"),
        remediation: "Replace the entry with one that allows only the ports and addresses that are needed: `aws ec2 replace-network-acl-entry`; or deny ports 22 and 3389 with an entry of a lower number: `aws ec2 create-network-acl-entry --ingress --rule-action deny`.",
    }
}

impl Rule for NaclNoUnrestrictedSshRdp {
    type View = ec2::NetworkAcl;
    type Params = Params;

    fn evaluate(acl: &Item<'_, ec2::NetworkAcl>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(entries) = acl.entries()? else {
            return Ok(Verdict::non_compliant("the item does not list the ACL's entries"));
        };
        let mut findings = Vec::new();
        for world in ["0.0.0.0/0", "::/0"] {
            let mut undecided = TRAFFIC.to_vec();
            for entry in inbound_for(world, entries)? {
                let mut decided = Vec::new();
                let mut rest = Vec::new();
                for traffic in undecided {
                    if is_about(entry.entry, traffic)? { decided.push(traffic.to_string()) } else { rest.push(traffic) }
                }
                undecided = rest;
                if entry.allows && !decided.is_empty() {
                    findings.push(format!("{} lets {world} reach {}", entry.label(), decided.join(", ")));
                }
            }
        }
        if findings.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("inbound {}", findings.join(" and "))))
    }
}

/// A port of a protocol.
#[derive(Clone, Copy)]
struct Traffic {
    name: &'static str,
    number: &'static str,
    port: i64,
}

impl fmt::Display for Traffic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.port)
    }
}

/// An inbound entry for every address of a family.
struct Entry<'a> {
    number: Option<i64>,
    allows: bool,
    entry: &'a ec2::NetworkAclEntry,
}

impl Entry<'_> {
    fn label(&self) -> String {
        self.number.map_or_else(|| "entry without a number".to_owned(), |number| format!("entry {number}"))
    }
}

/// The inbound entries for every address of the family, in the order in which AWS applies them.
fn inbound_for<'a>(world: &str, entries: &'a [ec2::NetworkAclEntry]) -> Result<Vec<Entry<'a>>, CannotJudge> {
    let mut found = Vec::new();
    for entry in entries {
        let range = if world == "::/0" { entry.ipv6_cidr_block()? } else { entry.cidr_block()? };
        if entry.egress()? != Some(true) && range.is_some_and(|range| range.trim().ends_with("/0")) {
            // An entry that doesn't say `deny` is read as one that allows.
            let allows = !entry.rule_action()?.is_some_and(|action| action.eq_ignore_ascii_case("deny"));
            found.push(Entry { number: entry.rule_number()?, allows, entry });
        }
    }
    // Without a number, an entry that allows comes first and one that denies comes last: neither hides an open port.
    found.sort_by_key(|entry| entry.number.unwrap_or(if entry.allows { i64::MIN } else { i64::MAX }));
    Ok(found)
}

fn is_about(entry: &ec2::NetworkAclEntry, traffic: Traffic) -> Result<bool, CannotJudge> {
    match entry.protocol()? {
        // All protocols have no ports; an entry without a protocol is read as one for all.
        Some("-1") | None => return Ok(true),
        Some(protocol) if protocol == traffic.number || protocol.eq_ignore_ascii_case(traffic.name) => {}
        Some(_) => return Ok(false),
    }
    let Some(range) = entry.port_range()? else { return Ok(true) };
    let from = range.from()?.filter(|port| *port >= 0).unwrap_or(0);
    let to = range.to()?.filter(|port| *port >= 0).unwrap_or(65_535);
    Ok((from..=to).contains(&traffic.port))
}
