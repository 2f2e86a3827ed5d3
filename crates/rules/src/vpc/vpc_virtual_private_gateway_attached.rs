use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Virtual private gateways are available and attached to a VPC.
    ///
    /// A gateway that is attached to no VPC carries no traffic, and a VPN connection to it leads nowhere.
    pub struct VpcVirtualPrivateGatewayAttached {
        id: "vpc-virtual-private-gateway-attached",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Attach the gateway: `aws ec2 attach-vpn-gateway --vpn-gateway-id <gateway> --vpc-id <vpc>`; or delete it: `aws ec2 delete-vpn-gateway --vpn-gateway-id <gateway>`.",
    }
}

impl Rule for VpcVirtualPrivateGatewayAttached {
    type View = ec2::VpnGateway;
    type Params = Params;

    fn evaluate(gateway: &Item<'_, ec2::VpnGateway>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match gateway.state()? {
            Some(state) if state.eq_ignore_ascii_case("available") => {}
            Some(state) => return Ok(Verdict::non_compliant(format!("the gateway is {state}, not available"))),
            None => return Ok(Verdict::non_compliant("the item does not say whether the gateway is available")),
        }
        let Some(attachments) = gateway.vpc_attachments()? else {
            return Ok(Verdict::non_compliant("the item does not list the VPCs that the gateway is attached to"));
        };
        for attachment in attachments {
            let is_attached = attachment.state()?.is_some_and(|state| state.eq_ignore_ascii_case("attached"));
            if is_attached && attachment.vpc_id()?.is_some_and(|vpc| !vpc.is_empty()) {
                return Ok(Verdict::Compliant);
            }
        }
        Ok(Verdict::non_compliant("the gateway is attached to no VPC"))
    }
}
