use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Classic Load Balancers spread requests over all zones.
    ///
    /// Without it, each zone's share of the requests stays in the zone: where one has fewer instances left, those get
    /// more than they can bear while others idle.
    pub struct ElbCrossZoneLoadBalancingEnabled {
        id: "elb-cross-zone-load-balancing-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELB_CROSS_ZONE_LOAD_BALANCING_ENABLED"),
        remediation: "Turn it on: `aws elb modify-load-balancer-attributes --load-balancer-name <name> --load-balancer-attributes '{\"CrossZoneLoadBalancing\":{\"Enabled\":true}}'`.",
    }
}

impl Rule for ElbCrossZoneLoadBalancingEnabled {
    type View = elb::ClassicLoadBalancer;
    type Params = Params;

    fn evaluate(
        balancer: &Item<'_, elb::ClassicLoadBalancer>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let setting = match balancer.attributes()? {
            Some(attributes) => attributes.cross_zone()?,
            None => None,
        };
        let enabled = match setting {
            Some(setting) => setting.enabled()?,
            None => None,
        };
        Ok(match enabled {
            Some(true) => Verdict::Compliant,
            Some(false) => Verdict::non_compliant("cross-zone load balancing is off"),
            None => Verdict::non_compliant("the item does not say whether cross-zone load balancing is on"),
        })
    }
}
