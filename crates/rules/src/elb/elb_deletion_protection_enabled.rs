use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::attributes::not_on;

rule! {
    /// Load balancers are protected against deletion.
    ///
    /// A load balancer that is deleted by mistake takes its services down, and its successor has another address. With
    /// the protection on, a deletion needs a step before it. Application, network and gateway load balancers are
    /// judged.
    pub struct ElbDeletionProtectionEnabled {
        id: "elb-deletion-protection-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELB_DELETION_PROTECTION_ENABLED"),
        remediation: "Turn it on: `aws elbv2 modify-load-balancer-attributes --load-balancer-arn <arn> --attributes Key=deletion_protection.enabled,Value=true`.",
    }
}

impl Rule for ElbDeletionProtectionEnabled {
    type View = elb::LoadBalancer;
    type Params = Params;

    fn evaluate(balancer: &Item<'_, elb::LoadBalancer>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let finding = not_on(balancer, "deletion_protection.enabled")?;
        Ok(finding.map_or(Verdict::Compliant, Verdict::non_compliant))
    }
}
