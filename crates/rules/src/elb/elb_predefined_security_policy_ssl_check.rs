use config_item::{Item, views::elb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::classic::{NO_LISTENERS, is_tls, named};
use crate::words::first_of;

const REFERENCE: &str = "Reference-Security-Policy";

rule! {
    /// TLS listeners of Classic Load Balancers use the predefined security policy.
    ///
    /// The policy decides which versions of TLS and which ciphers a listener agrees to.
    /// `ELBSecurityPolicy-TLS-1-2-2017-01`, the only predefined one without TLS 1.0 and 1.1, is asked for where no
    /// parameter says otherwise; AWS's managed rule has no default and must be given a name. A policy of one's own is
    /// noncompliant, whatever it says.
    ///
    /// Not applicable to load balancers without an HTTPS or SSL listener.
    pub struct ElbPredefinedSecurityPolicySslCheck {
        id: "elb-predefined-security-policy-ssl-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK"),
        remediation: "Make a policy that refers to the predefined one, `aws elb create-load-balancer-policy --load-balancer-name <name> --policy-name tls-1-2 --policy-type-name SSLNegotiationPolicyType --policy-attributes AttributeName=Reference-Security-Policy,AttributeValue=ELBSecurityPolicy-TLS-1-2-2017-01`, and set it with `aws elb set-load-balancer-policies-of-listener`.",
    }
    params {
        /// The predefined policy that listeners must use.
        required: String = "ELBSecurityPolicy-TLS-1-2-2017-01", "predefinedPolicyName";
    }
}

impl Rule for ElbPredefinedSecurityPolicySslCheck {
    type View = elb::ClassicLoadBalancer;
    type Params = Params;

    fn evaluate(
        balancer: &Item<'_, elb::ClassicLoadBalancer>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(listeners) = balancer.listener_descriptions()? else {
            return Ok(Verdict::non_compliant(NO_LISTENERS));
        };
        let required = &params.required;
        let mut judged = false;
        let mut findings = Vec::new();
        for description in listeners {
            if is_tls(description)? == Some(false) {
                continue;
            }
            judged = true;
            match reference(balancer, description.policy_names()?.unwrap_or_default())? {
                Some(policy) if policy == required => {}
                Some(policy) => {
                    findings.push(format!("{} uses {policy}, not the required {required}", named(description)?));
                }
                None => findings.push(format!(
                    "{} refers to no predefined security policy; {required} is required",
                    named(description)?
                )),
            }
        }
        if !judged {
            return Ok(Verdict::not_applicable("the load balancer has no HTTPS or SSL listener"));
        }
        Ok(first_of(&findings, "listener"))
    }
}

/// The predefined policy that one of the named policies refers to.
fn reference<'a>(balancer: &'a elb::ClassicLoadBalancer, names: &[String]) -> Result<Option<&'a str>, CannotJudge> {
    for policy in balancer.policies()?.unwrap_or_default() {
        let name = policy.name()?;
        if !names.iter().any(|listed| name == Some(listed)) {
            continue;
        }
        for attribute in policy.attributes()?.unwrap_or_default() {
            if attribute.name()? == Some(REFERENCE) {
                return Ok(attribute.value()?);
            }
        }
    }
    Ok(None)
}
