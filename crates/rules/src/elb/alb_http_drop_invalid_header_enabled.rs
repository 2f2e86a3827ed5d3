use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::attributes::{not_an_application_one, not_on};

rule! {
    /// Application load balancers drop invalid header fields.
    ///
    /// Header fields with names that HTTP doesn't allow are how requests are smuggled past one server into another.
    /// Application load balancers pass them on to the targets unless they are told to drop them.
    ///
    /// Not applicable to network and gateway load balancers.
    pub struct AlbHttpDropInvalidHeaderEnabled {
        id: "alb-http-drop-invalid-header-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ALB_HTTP_DROP_INVALID_HEADER_ENABLED"),
        remediation: "Turn it on: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=routing.http.drop_invalid_header_fields.enabled,Value=true`.",
    }
}

impl Rule for AlbHttpDropInvalidHeaderEnabled {
    type View = elb::LoadBalancer;
    type Params = Params;

    fn evaluate(balancer: &Item<'_, elb::LoadBalancer>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_an_application_one(balancer)? {
            return Ok(verdict);
        }
        let finding = not_on(balancer, "routing.http.drop_invalid_header_fields.enabled")?;
        Ok(finding.map_or(Verdict::Compliant, Verdict::non_compliant))
    }
}
