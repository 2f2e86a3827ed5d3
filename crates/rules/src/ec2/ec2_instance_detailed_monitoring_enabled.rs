use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::in_state;

rule! {
    /// Detailed monitoring of instances is on.
    ///
    /// With it, CloudWatch measures every minute in place of every five, and an alarm sounds as much earlier.
    ///
    /// Not applicable to terminated instances.
    pub struct Ec2InstanceDetailedMonitoringEnabled {
        id: "ec2-instance-detailed-monitoring-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_INSTANCE_DETAILED_MONITORING_ENABLED"),
        remediation: "Turn it on: `aws ec2 monitor-instances --instance-ids <instance>`; for new instances, in the launch template.",
    }
}

impl Rule for Ec2InstanceDetailedMonitoringEnabled {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated"])? {
            return Ok(verdict);
        }
        let state = match instance.monitoring()? {
            Some(monitoring) => monitoring.state()?,
            None => None,
        };
        Ok(match state {
            Some(state) if state.eq_ignore_ascii_case("enabled") => Verdict::Compliant,
            Some(state) => Verdict::non_compliant(format!("detailed monitoring is {state}, not enabled")),
            None => Verdict::non_compliant("the item does not say whether detailed monitoring is on"),
        })
    }
}
