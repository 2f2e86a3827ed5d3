use config_item::{Item, views::apigateway};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Stages of REST APIs have a web ACL.
    ///
    /// A web ACL turns away requests that probe for holes before they reach the API's backends. The stage must name
    /// one; where `WebAclArns` is given, one of those. What the ACL's rules are is not in the item.
    pub struct ApiGwAssociatedWithWaf {
        id: "api-gw-associated-with-waf",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("API_GW_ASSOCIATED_WITH_WAF"),
        remediation: "Associate a web ACL of the scope REGIONAL: `aws wafv2 associate-web-acl --web-acl-arn <acl> --resource-arn <stage>`.",
    }
    params {
        /// ARNs of web ACLs that are accepted.
        accepted: Vec<String>, "WebAclArns";
    }
}

impl Rule for ApiGwAssociatedWithWaf {
    type View = apigateway::Stage;
    type Params = Params;

    fn evaluate(stage: &Item<'_, apigateway::Stage>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(acl) = stage.web_acl_arn()?.filter(|acl| !acl.is_empty()) else {
            return Ok(Verdict::non_compliant("the stage has no web ACL"));
        };
        Ok(match &params.accepted {
            Some(accepted) if !accepted.iter().any(|accepted| accepted == acl) => {
                Verdict::non_compliant(format!("the stage's web ACL is {acl}, which is not among WebAclArns"))
            }
            _ => Verdict::Compliant,
        })
    }
}
