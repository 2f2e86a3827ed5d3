use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Internet gateways are attached to authorized VPCs only.
    ///
    /// Without an internet gateway a VPC can't be reached from outside, whatever its routes and security groups say. As
    /// with AWS's rule, no VPC is authorized where the parameter is not given, and a gateway that is attached to
    /// nothing is compliant.
    pub struct InternetGatewayAuthorizedVpcOnly {
        id: "internet-gateway-authorized-vpc-only",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY"),
        remediation: "Detach the gateway: `aws ec2 detach-internet-gateway --internet-gateway-id <gateway> --vpc-id <vpc>`; or list the VPC in `AuthorizedVpcIds` if it is meant to be reached from the internet.",
    }
    params {
        /// VPCs that may have an internet gateway.
        authorized: Vec<String>, "AuthorizedVpcIds";
    }
}

impl Rule for InternetGatewayAuthorizedVpcOnly {
    type View = ec2::InternetGateway;
    type Params = Params;

    fn evaluate(
        gateway: &Item<'_, ec2::InternetGateway>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(attachments) = gateway.attachments()? else {
            return Ok(Verdict::non_compliant("the item does not say what the gateway is attached to"));
        };
        for attachment in attachments {
            if attachment.state()?.is_some_and(|state| state.eq_ignore_ascii_case("detached")) {
                continue;
            }
            let Some(vpc) = attachment.vpc_id()? else {
                return Ok(Verdict::non_compliant("the item does not say which VPC the gateway is attached to"));
            };
            if !params.authorized.iter().flatten().any(|authorized| authorized == vpc) {
                return Ok(Verdict::non_compliant(format!(
                    "the gateway is attached to {vpc}, which is not authorized"
                )));
            }
        }
        Ok(Verdict::Compliant)
    }
}
