use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::tags;

rule! {
    /// Load balancers of internal tiers do not face the internet.
    ///
    /// Workers that only other services talk to need no address that the world can reach. A tag marks their load
    /// balancers: `tier=worker`, or whatever `tagKey` and `tagValue` say. Such a load balancer must have the scheme
    /// `internal`. AWS has no such rule.
    ///
    /// Not applicable to load balancers without the tag.
    pub struct ElbInternalBackendNotInternetFacing {
        id: "elb-internal-backend-not-internet-facing",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "The scheme can't be changed: make a load balancer with `aws elbv2 create-load-balancer --scheme internal` in private subnets, move the listeners and clients to it, and delete the other one.",
    }
    params {
        /// Key of the tag that marks internal tiers.
        tag_key: String = "tier", "tagKey";
        /// Value of the tag that marks internal tiers, in any letter case.
        tag_value: String = "worker", "tagValue";
    }
}

impl Rule for ElbInternalBackendNotInternetFacing {
    type View = elb::LoadBalancer;
    type Params = Params;

    fn evaluate(balancer: &Item<'_, elb::LoadBalancer>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let (key, value) = (&params.tag_key, &params.tag_value);
        if let Some(verdict) = tags::lacking(balancer.source(), key, value)? {
            return Ok(verdict);
        }
        Ok(match balancer.scheme()? {
            Some(scheme) if scheme.eq_ignore_ascii_case("internal") => Verdict::Compliant,
            Some(scheme) => {
                Verdict::non_compliant(format!("the load balancer is tagged {key}={value}, and its scheme is {scheme}"))
            }
            None => Verdict::non_compliant("the item does not say the load balancer's scheme"),
        })
    }
}
