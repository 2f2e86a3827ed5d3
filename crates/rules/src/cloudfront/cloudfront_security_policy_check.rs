use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::NO_CONFIG;

/// The versions of TLS that names of accepted security policies begin with.
const ACCEPTED: [&str; 2] = ["TLSv1.2", "TLSv1.3"];

rule! {
    /// Viewers must speak TLS 1.2 or better.
    ///
    /// The security policy decides which versions of TLS a distribution agrees to. It must be `TLSv1.2_2018` or a later
    /// one. A distribution on CloudFront's default certificate is noncompliant, as with AWS's rule: its policy is
    /// `TLSv1`, whatever its configuration says.
    pub struct CloudfrontSecurityPolicyCheck {
        id: "cloudfront-security-policy-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_SECURITY_POLICY_CHECK"),
        remediation: "Give the distribution a certificate of its own, set `MinimumProtocolVersion` to `TLSv1.2_2021` in its configuration, and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
}

impl Rule for CloudfrontSecurityPolicyCheck {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(certificate) = config.viewer_certificate()? else {
            return Ok(Verdict::non_compliant("the item does not say the security policy"));
        };
        if certificate.is_default()? == Some(true) {
            return Ok(Verdict::non_compliant(
                "viewers see CloudFront's default certificate, with which the security policy is TLSv1",
            ));
        }
        Ok(match certificate.minimum_protocol_version()? {
            Some(policy) if is_accepted(policy) => Verdict::Compliant,
            Some(policy) => Verdict::non_compliant(format!("the security policy is {policy}, below TLSv1.2_2018")),
            None => Verdict::non_compliant("the item does not say the security policy"),
        })
    }
}

/// A policy's name is the lowest version that it agrees to and, after `_`, its year.
fn is_accepted(policy: &str) -> bool {
    let version = policy.split_once('_').map_or(policy, |(version, _)| version);
    ACCEPTED.iter().any(|accepted| version.eq_ignore_ascii_case(accepted))
}
