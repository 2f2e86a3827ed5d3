use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::NO_CONFIG;

rule! {
    /// Distributions have a web ACL.
    ///
    /// A web ACL turns away requests that probe for holes before they reach the origin. The distribution must name one;
    /// where `wafWebAclIds` is given, one of those. What the ACL's rules are is not in the item.
    pub struct CloudfrontAssociatedWithWaf {
        id: "cloudfront-associated-with-waf",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_ASSOCIATED_WITH_WAF"),
        remediation: "Set `WebACLId` in the distribution's configuration to the ARN of a web ACL of the scope CLOUDFRONT, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
    params {
        /// Web ACLs that are accepted: ids of AWS WAF Classic, ARNs of AWS WAF.
        accepted: Vec<String>, "wafWebAclIds";
    }
}

impl Rule for CloudfrontAssociatedWithWaf {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(acl) = config.web_acl_id()?.filter(|acl| !acl.is_empty()) else {
            return Ok(Verdict::non_compliant("the distribution has no web ACL"));
        };
        Ok(match &params.accepted {
            Some(accepted) if !accepted.iter().any(|accepted| accepted == acl) => {
                Verdict::non_compliant(format!("the distribution's web ACL is {acl}, which is not among wafWebAclIds"))
            }
            _ => Verdict::Compliant,
        })
    }
}
