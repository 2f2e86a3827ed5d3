use config_item::{Item, views::autoscaling};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Auto Scaling groups behind a load balancer use its health check.
    ///
    /// EC2's own check sees whether the machine runs, the load balancer's whether the application answers. Without the
    /// second, an instance that serves nothing but errors is never replaced.
    ///
    /// Not applicable to groups behind no load balancer.
    pub struct AutoscalingGroupElbHealthcheckRequired {
        id: "autoscaling-group-elb-healthcheck-required",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED"),
        remediation: "Turn the check on: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --health-check-type ELB --health-check-grace-period <seconds>`, with a grace period that covers the start of the application.",
    }
}

impl Rule for AutoscalingGroupElbHealthcheckRequired {
    type View = autoscaling::AutoScalingGroup;
    type Params = Params;

    fn evaluate(
        group: &Item<'_, autoscaling::AutoScalingGroup>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let balancers = [group.load_balancer_names()?, group.target_group_arns()?];
        if balancers.into_iter().flatten().flatten().next().is_none() {
            return Ok(Verdict::not_applicable("the item names no load balancer and no target group"));
        }
        Ok(match group.health_check_type()? {
            Some(types) if types.split(',').any(|one| one.trim().eq_ignore_ascii_case("ELB")) => Verdict::Compliant,
            Some(types) => Verdict::non_compliant(format!(
                "the group is behind a load balancer, but its health check is {types}, not ELB"
            )),
            None => Verdict::non_compliant("the item does not say which health check the group uses"),
        })
    }
}
