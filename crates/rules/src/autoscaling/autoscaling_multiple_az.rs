use std::collections::BTreeSet;

use config_item::{Item, Wire, views::autoscaling};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

rule! {
    /// Auto Scaling groups span several zones.
    ///
    /// A group in one zone is gone when the zone is. Two zones are asked for where the parameter says nothing else.
    pub struct AutoscalingMultipleAz {
        id: "autoscaling-multiple-az",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("AUTOSCALING_MULTIPLE_AZ"),
        remediation: "Add subnets in other zones: `aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --vpc-zone-identifier <subnet>,<subnet>`.",
    }
    params {
        /// Fewest zones accepted.
        minimum: u32 = 2_u32, "minAvailabilityZones";
    }
}

impl Rule for AutoscalingMultipleAz {
    type View = autoscaling::AutoScalingGroup;
    type Params = Params;

    fn evaluate(
        group: &Item<'_, autoscaling::AutoScalingGroup>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(zones) = group.availability_zones()? else {
            return Ok(Verdict::non_compliant("the item does not list the group's zones"));
        };
        let zones = zones.iter().map(Wire::as_seen).collect::<BTreeSet<_>>().len();
        let zones = i64::try_from(zones).unwrap_or(i64::MAX);
        if zones < i64::from(params.minimum) {
            return Ok(Verdict::non_compliant(format!(
                "the group spans {}, fewer than the required {}",
                count(zones, "zone"),
                params.minimum
            )));
        }
        Ok(Verdict::Compliant)
    }
}
