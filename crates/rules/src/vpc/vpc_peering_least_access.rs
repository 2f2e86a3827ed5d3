use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::cidr::Cidr;

rule! {
    /// Routes to peered VPCs are narrow.
    ///
    /// A route to the whole of the other VPC lets whatever is broken into on one side try everything on the other. Each
    /// route to a peering connection must have a destination of at least `minPrefixLength` bits, for IPv4 and IPv6
    /// alike. What a managed prefix list holds is not in the item, so a route to one is noncompliant unless allowed.
    ///
    /// Whether a narrow route still spans the whole of a small VPC can't be seen here: the peer's ranges are not in the
    /// route table's item.
    ///
    /// Not applicable to tables without a route to a peering connection.
    pub struct VpcPeeringLeastAccess {
        id: "vpc-peering-least-access",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Add routes to the subnets that are needed, `aws ec2 create-route --destination-cidr-block <subnet> --vpc-peering-connection-id <connection>`, then delete the wide one: `aws ec2 delete-route`. List what must be wider in `allowedRoutes`.",
    }
    params {
        /// Shortest prefix accepted, in bits.
        min_prefix: u32 = 24_u32, "minPrefixLength";
        /// Destinations that may be wider: ranges as the route writes them, or ids of prefix lists.
        allowed: Vec<String>, "allowedRoutes";
    }
}

impl Rule for VpcPeeringLeastAccess {
    type View = ec2::RouteTable;
    type Params = Params;

    fn evaluate(table: &Item<'_, ec2::RouteTable>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(routes) = table.routes()? else {
            return Ok(Verdict::non_compliant("the item does not list the table's routes"));
        };
        let mut peering = false;
        let mut wide = Vec::new();
        for route in routes {
            let Some(connection) = route.vpc_peering_connection_id()?.filter(|id| !id.is_empty()) else { continue };
            peering = true;
            match destination(route)? {
                Some(destination) => {
                    let is_allowed = params.allowed.iter().flatten().any(|allowed| allowed == destination);
                    if !is_allowed && !is_narrow(destination, params.min_prefix)? {
                        wide.push(format!("{destination} to {connection}"));
                    }
                }
                None => wide.push(format!("an unknown range to {connection}")),
            }
        }
        if !peering {
            return Ok(Verdict::not_applicable("the table has no route to a peering connection"));
        }
        if wide.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "the table routes {}; at least /{} is required",
            wide.join(" and "),
            params.min_prefix
        )))
    }
}

fn destination(route: &ec2::Route) -> Result<Option<&str>, CannotJudge> {
    let destinations =
        [route.destination_cidr_block()?, route.destination_ipv6_cidr_block()?, route.destination_prefix_list_id()?];
    Ok(destinations.into_iter().flatten().find(|destination| !destination.is_empty()))
}

fn is_narrow(destination: &str, min_prefix: u32) -> Result<bool, CannotJudge> {
    if destination.starts_with("pl-") {
        return Ok(false);
    }
    let range = Cidr::parse(destination).ok_or_else(|| CannotJudge::Content {
        path: "configuration.routes",
        reason: "a destination is no range of addresses".to_owned(),
    })?;
    Ok(range.prefix() >= min_prefix)
}
