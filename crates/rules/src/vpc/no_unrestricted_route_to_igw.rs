use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Route tables send no default route to an internet gateway.
    ///
    /// A default route to an internet gateway makes every subnet of the table a public one: an address is all that an
    /// instance there needs to be reached from outside. Route tables that are meant to be public are listed in
    /// `routeTableIds` and compliant, as with AWS's rule. Routes to NAT gateways and egress-only gateways let nothing
    /// in and are fine.
    pub struct NoUnrestrictedRouteToIgw {
        id: "no-unrestricted-route-to-igw",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("NO_UNRESTRICTED_ROUTE_TO_IGW"),
        remediation: "Delete the route: `aws ec2 delete-route --route-table-id <table> --destination-cidr-block 0.0.0.0/0`, and send outbound traffic through a NAT gateway or VPC endpoints. List the tables of public subnets in `routeTableIds`.",
    }
    params {
        /// Route tables that may have a default route to an internet gateway.
        exempt: Vec<String>, "routeTableIds";
    }
}

impl Rule for NoUnrestrictedRouteToIgw {
    type View = ec2::RouteTable;
    type Params = Params;

    fn evaluate(table: &Item<'_, ec2::RouteTable>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(exempt) = &params.exempt {
            let table_id = table.route_table_id()?.unwrap_or(table.source().resource_id());
            if exempt.iter().any(|id| id == table_id) {
                return Ok(Verdict::Compliant);
            }
        }
        let Some(routes) = table.routes()? else {
            return Ok(Verdict::non_compliant("the item does not list the table's routes"));
        };
        let mut open = Vec::new();
        for route in routes {
            let Some(gateway) = route.gateway_id()?.filter(|gateway| gateway.starts_with("igw-")) else { continue };
            let destinations = [route.destination_cidr_block()?, route.destination_ipv6_cidr_block()?];
            for destination in destinations.into_iter().flatten().filter(|range| range.trim().ends_with("/0")) {
                open.push(format!("{destination} to {gateway}"));
            }
        }
        if open.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("the table routes {}", open.join(" and "))))
    }
}
