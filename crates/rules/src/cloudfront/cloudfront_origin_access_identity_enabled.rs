use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::{NO_CONFIG, NO_ORIGINS, is_bucket, named, origins};
use crate::words::first_of;

rule! {
    /// Distributions ask their buckets with an origin access identity.
    ///
    /// Only a bucket that knows CloudFront when it asks can be closed to everyone else. Every origin that is a bucket
    /// must have an origin access identity. Origin access control has superseded it, and doesn't count here, as it
    /// doesn't with AWS's rule: who has moved on deploys `cloudfront-s3-origin-access-control-enabled` in place of this
    /// rule.
    ///
    /// As with AWS's rule, a distribution without a bucket is noncompliant. A custom origin beside buckets is not
    /// judged.
    pub struct CloudfrontOriginAccessIdentityEnabled {
        id: "cloudfront-origin-access-identity-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED"),
        remediation: "Make an identity (`aws cloudfront create-cloud-front-origin-access-identity`), allow it in the bucket's policy, and set it as the origin's `OriginAccessIdentity`; better, set an origin access control and replace this rule.",
    }
}

impl Rule for CloudfrontOriginAccessIdentityEnabled {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(origins) = origins(config)? else { return Ok(Verdict::non_compliant(NO_ORIGINS)) };
        let mut judged = false;
        let mut findings = Vec::new();
        for origin in origins {
            if !is_bucket(origin)? {
                continue;
            }
            judged = true;
            let identity = match origin.s3()? {
                Some(s3) => s3.access_identity()?,
                None => None,
            };
            if identity.is_some_and(|identity| !identity.is_empty()) {
                continue;
            }
            let name = named(origin)?;
            findings.push(match origin.access_control()? {
                Some(control) if !control.is_empty() => {
                    format!("{name} is a bucket with origin access control in place of an origin access identity")
                }
                _ => format!("{name} is a bucket without an origin access identity"),
            });
        }
        if !judged {
            return Ok(Verdict::non_compliant("no origin of the distribution is a bucket"));
        }
        Ok(first_of(&findings, "origin"))
    }
}
