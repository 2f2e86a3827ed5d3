use config_item::{ConfigurationItem, Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::cidr::{Cidr, Cidrs};
use super::inbound::{NOT_LISTED, Transport, includes, ranges, traffic, verdict};
use crate::tags;

const DOMAINS: [&str; 2] = ["AWS::Elasticsearch::Domain", "AWS::OpenSearch::Domain"];

rule! {
    /// Kibana and the search API are open to the VPN only.
    ///
    /// Logs repeat what applications were asked, and Kibana shows them to whoever reaches it. The ports of Kibana and of
    /// the search API may be open to ranges within `vpnCidrs` and to security groups, to nothing else; without
    /// `vpnCidrs` no range is accepted. What a managed prefix list holds is not in the item, so such a source is
    /// noncompliant.
    ///
    /// Judged are the groups that a search domain uses, where the item says so, those with a tag whose key or value is
    /// `logging`, and those with the tag which marks production: `environment=production` unless the parameters say
    /// otherwise. Not applicable to other groups.
    pub struct VpcSgKibanaRestrictedToVpn {
        id: "vpc-sg-kibana-restricted-to-vpn",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Remove the inbound rule, `aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>`, and allow the ranges of the VPN or the security group of its clients: `aws ec2 authorize-security-group-ingress`.",
    }
    params {
        /// Ranges of the VPN's clients.
        vpn: Cidrs, "vpnCidrs";
        /// TCP ports of Kibana and of the search API.
        ports: Vec<u16> = [443_u16, 5601, 9200], "ports";
        /// Key of the tag that marks production.
        tag_key: String = "environment", "productionTagKey";
        /// Value of the tag that marks production, in any letter case.
        tag_value: String = "production", "productionTagValue";
    }
}

impl Rule for VpcSgKibanaRestrictedToVpn {
    type View = ec2::SecurityGroup;
    type Params = Params;

    fn evaluate(group: &Item<'_, ec2::SecurityGroup>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let (key, value) = (&params.tag_key, &params.tag_value);
        if tags::lacking(group.source(), key, value)?.is_some() && !is_for_logs(group.source())? {
            return Ok(Verdict::not_applicable(format!(
                "no search domain uses the group, and it is tagged neither logging nor {key}={value}"
            )));
        }
        let Some(permissions) = group.ip_permissions()? else {
            return Ok(Verdict::non_compliant(NOT_LISTED));
        };
        let mut findings = Vec::new();
        for permission in permissions {
            let mut open = false;
            for port in &params.ports {
                open |= includes(permission, Transport::Tcp, *port)?;
            }
            if open && let Some(source) = beyond_the_vpn(permission, params)? {
                findings.push(format!("{} from {source} is not from the VPN", traffic(permission)?));
            }
        }
        Ok(verdict(&findings))
    }
}

fn is_for_logs(group: &ConfigurationItem<'_>) -> Result<bool, CannotJudge> {
    let is_logging = |word: &str| word.eq_ignore_ascii_case("logging");
    let is_tagged = group.tags()?.iter().any(|(key, value)| is_logging(key) || is_logging(value));
    Ok(is_tagged
        || group
            .relationships()?
            .iter()
            .any(|other| other.resource_type.as_deref().is_some_and(|resource_type| DOMAINS.contains(&resource_type))))
}

/// The first source of the rule that is neither a security group nor within the VPN.
fn beyond_the_vpn<'a>(permission: &'a ec2::IpPermission, params: &Params) -> Result<Option<&'a str>, CannotJudge> {
    for range in ranges(permission)? {
        let cidr = Cidr::parse(range).ok_or_else(|| CannotJudge::Content {
            path: "configuration.ipPermissions",
            reason: "a source is no range of addresses".to_owned(),
        })?;
        if !params.vpn.iter().flat_map(|vpn| &vpn.0).any(|vpn| vpn.contains(cidr)) {
            return Ok(Some(range));
        }
    }
    let Some(list) = permission.prefix_list_ids()?.unwrap_or_default().first() else { return Ok(None) };
    Ok(Some(list.prefix_list_id()?.unwrap_or("a prefix list")))
}
