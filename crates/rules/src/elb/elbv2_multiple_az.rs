use std::collections::BTreeSet;

use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

rule! {
    /// Load balancers are in several availability zones.
    ///
    /// A load balancer with a subnet in one zone is down with that zone, however many targets are elsewhere. Two zones
    /// are asked for where no parameter says otherwise.
    pub struct Elbv2MultipleAz {
        id: "elbv2-multiple-az",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELBV2_MULTIPLE_AZ"),
        remediation: "Add a subnet in another zone: `aws elbv2 set-subnets --load-balancer-arn <arn> --subnets <all of them>`.",
    }
    params {
        /// Fewest zones accepted.
        minimum: Zones = Zones(2), "minAvailabilityZones";
    }
}

/// A number of zones as AWS's rule takes it.
#[derive(Clone, Copy, Debug)]
pub struct Zones(u32);

impl Parameter for Zones {
    const ACCEPTS: &'static str = "a whole number from 2 to 10";

    fn parse(text: &str) -> Option<Self> {
        u32::parse(text).filter(|zones| (2..=10).contains(zones)).map(Self)
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

impl Rule for Elbv2MultipleAz {
    type View = elb::LoadBalancer;
    type Params = Params;

    fn evaluate(balancer: &Item<'_, elb::LoadBalancer>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(listed) = balancer.availability_zones()? else {
            return Ok(Verdict::non_compliant("the item does not list the load balancer's availability zones"));
        };
        let mut zones = BTreeSet::new();
        for zone in listed {
            zones.extend(zone.zone_name()?);
        }
        let required = params.minimum.0;
        if zones.len() >= required as usize {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "the load balancer is in {}, fewer than the required {required}",
            count(zones.len().try_into().unwrap_or(i64::MAX), "availability zone")
        )))
    }
}
