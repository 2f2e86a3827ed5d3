use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

const SSH: i64 = 22;

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
        let Some(permissions) = group.ip_permissions()? else {
            return Ok(Verdict::non_compliant("the item does not list the group's inbound rules"));
        };
        let mut open = Vec::new();
        for permission in permissions {
            if includes_ssh(permission)? {
                open.extend(world(permission)?.map(|source| (permission, source)));
            }
        }
        let Some((permission, source)) = open.first() else { return Ok(Verdict::Compliant) };
        let more = match open.len() {
            1 => String::new(),
            n => format!(", and {} more inbound rules", n - 1),
        };
        Ok(Verdict::non_compliant(format!(
            "inbound {} from {source} includes port {SSH}{more}",
            protocol_and_ports(permission)?
        )))
    }
}

fn includes_ssh(permission: &ec2::IpPermission) -> Result<bool, CannotJudge> {
    Ok(match permission.ip_protocol()? {
        // Items give names; 6 is TCP's number, under which the API accepts it as well.
        Some("tcp" | "6") => {
            let (from, to) = ports(permission)?;
            from <= SSH && SSH <= to
        }
        // All protocols have no ports; a rule without a protocol is read as one for all.
        Some("-1") | None => true,
        Some(_) => false,
    })
}

/// The range of ports; without one, or with -1, all of them.
fn ports(permission: &ec2::IpPermission) -> Result<(i64, i64), CannotJudge> {
    let from = permission.from_port()?.filter(|port| *port >= 0).unwrap_or(0);
    let to = permission.to_port()?.filter(|port| *port >= 0).unwrap_or(65_535);
    Ok((from, to))
}

/// The source that stands for every address, where the rule has one.
fn world(permission: &ec2::IpPermission) -> Result<Option<&str>, CannotJudge> {
    let lists = [permission.ipv4_ranges()?, permission.ip_ranges()?, permission.ipv6_ranges()?];
    let mut sources = lists.into_iter().flatten().flatten().map(config_item::Wire::as_seen);
    // AWS writes 0.0.0.0/0 and ::/0; any address with /0 means the same.
    Ok(sources.find(|range| range.trim().ends_with("/0")))
}

fn protocol_and_ports(permission: &ec2::IpPermission) -> Result<String, CannotJudge> {
    let protocol = match permission.ip_protocol()? {
        Some("tcp" | "6") => "tcp",
        _ => return Ok("all protocols".to_owned()),
    };
    Ok(match ports(permission)? {
        (from, to) if from == to => format!("{protocol} {from}"),
        (from, to) => format!("{protocol} {from}-{to}"),
    })
}
