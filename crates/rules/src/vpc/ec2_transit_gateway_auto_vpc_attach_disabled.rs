use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Transit gateways do not accept attachments on their own.
    ///
    /// With automatic acceptance, every account that the gateway is shared with can join its VPC to the network, and
    /// nobody looks at the request.
    pub struct Ec2TransitGatewayAutoVpcAttachDisabled {
        id: "ec2-transit-gateway-auto-vpc-attach-disabled",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED"),
        remediation: "Turn it off: `aws ec2 modify-transit-gateway --transit-gateway-id <gateway> --options AutoAcceptSharedAttachments=disable`. Attachments that exist stay; look through them.",
    }
}

impl Rule for Ec2TransitGatewayAutoVpcAttachDisabled {
    type View = ec2::TransitGateway;
    type Params = Params;

    fn evaluate(gateway: &Item<'_, ec2::TransitGateway>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(match gateway.auto_accept_shared_attachments()? {
            Some(setting) if setting.eq_ignore_ascii_case("enable") => {
                Verdict::non_compliant("the gateway accepts attachments of other accounts on its own")
            }
            Some(setting) if setting.eq_ignore_ascii_case("disable") => Verdict::Compliant,
            Some(setting) => {
                Verdict::non_compliant(format!("AutoAcceptSharedAttachments is {setting:?}, which is not disable"))
            }
            None => Verdict::non_compliant("the item does not say whether the gateway accepts attachments on its own"),
        })
    }
}
