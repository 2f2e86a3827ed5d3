use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::listeners::{is_tls, protocol};

rule! {
    /// TLS listeners use an accepted security policy.
    ///
    /// The policy decides which versions of TLS and which ciphers a listener agrees to; the one that a listener gets
    /// from the API unless told otherwise still speaks TLS 1.0. Three policies with TLS 1.2 and 1.3 only are accepted
    /// where no parameter says otherwise; AWS's managed rule has no default and must be given a list.
    ///
    /// Not applicable to listeners with another protocol than HTTPS or TLS.
    pub struct Elbv2PredefinedSecurityPolicySslCheck {
        id: "elbv2-predefined-security-policy-ssl-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELBV2_PREDEFINED_SECURITY_POLICY_SSL_CHECK"),
        remediation: "Set the policy: `aws elbv2 modify-listener --listener-arn <arn> --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06`.",
    }
    params {
        /// Security policies that are accepted.
        accepted: Vec<String> = [
            "ELBSecurityPolicy-TLS13-1-2-2021-06".to_owned(),
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06".to_owned(),
            "ELBSecurityPolicy-TLS-1-2-2017-01".to_owned(),
        ], "sslPolicies";
    }
}

impl Rule for Elbv2PredefinedSecurityPolicySslCheck {
    type View = elb::Listener;
    type Params = Params;

    fn evaluate(listener: &Item<'_, elb::Listener>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        // A listener that doesn't say its protocol is judged by its policy.
        if let Some(protocol) = protocol(listener)?
            && !is_tls(protocol)
        {
            return Ok(Verdict::not_applicable(format!("the listener's protocol is {protocol}, not HTTPS or TLS")));
        }
        Ok(match listener.ssl_policy()? {
            Some(policy) if params.accepted.iter().any(|accepted| accepted == policy) => Verdict::Compliant,
            Some(policy) => Verdict::non_compliant(format!(
                "the listener's security policy is {policy}, which is not among sslPolicies"
            )),
            None => Verdict::non_compliant("the item does not say the listener's security policy"),
        })
    }
}
