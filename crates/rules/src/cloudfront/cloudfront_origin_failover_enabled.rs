use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::NO_CONFIG;

rule! {
    /// Distributions have an origin to fail over to.
    ///
    /// With an origin group CloudFront asks a second origin where the first fails. The distribution must have such a
    /// group, of two origins. Whether a behavior uses it is not judged, as with AWS's rule.
    pub struct CloudfrontOriginFailoverEnabled {
        id: "cloudfront-origin-failover-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_ORIGIN_FAILOVER_ENABLED"),
        remediation: "Add a second origin and an origin group of both to the distribution's configuration, let the behaviors lead to the group, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontOriginFailoverEnabled {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let quantity = match config.origin_groups()? {
            Some(groups) => groups.quantity()?,
            None => None,
        };
        match quantity {
            Some(groups) if groups >= 1 => {}
            Some(_) => return Ok(Verdict::non_compliant("the distribution has no origin group")),
            None => return Ok(Verdict::non_compliant("the item does not say how many origin groups there are")),
        }
        let groups = match config.origin_groups()? {
            Some(groups) => groups.items()?,
            None => None,
        };
        let Some(groups) = groups else { return Ok(Verdict::Compliant) };
        for group in groups {
            let members = match group.members()? {
                Some(members) => members.quantity()?,
                None => None,
            };
            if members.is_none_or(|members| members >= 2) {
                return Ok(Verdict::Compliant);
            }
        }
        Ok(Verdict::non_compliant("no origin group of the distribution has two origins"))
    }
}
