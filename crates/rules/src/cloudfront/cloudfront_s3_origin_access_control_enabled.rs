use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::{NO_CONFIG, NO_ORIGINS, is_bucket, named, origins};
use crate::words::first_of;

rule! {
    /// Distributions ask their buckets with origin access control.
    ///
    /// Only a bucket that knows CloudFront when it asks can be closed to everyone else. Every origin that is a bucket
    /// must have an origin access control that signs requests: one with the signing behavior `never` is as good as
    /// none. An origin access identity, its predecessor, doesn't count: it knows neither KMS keys nor the newer
    /// regions.
    ///
    /// Not applicable to distributions without a bucket among their origins. A bucket's website is no such origin: it
    /// can't be closed to everyone but CloudFront.
    pub struct CloudfrontS3OriginAccessControlEnabled {
        id: "cloudfront-s3-origin-access-control-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_S3_ORIGIN_ACCESS_CONTROL_ENABLED"),
        remediation: "Make an origin access control (`aws cloudfront create-origin-access-control`, `SigningBehavior=always`), allow the distribution in the bucket's policy (service `cloudfront.amazonaws.com`, condition `AWS:SourceArn`), and set it as the origin's `OriginAccessControlId`.",
    }
}

impl Rule for CloudfrontS3OriginAccessControlEnabled {
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
            if origin.access_control()?.is_none_or(str::is_empty) {
                findings.push(format!("{} is a bucket without origin access control", named(origin)?));
            } else if origin.signing()?.is_some_and(|signing| signing.eq_ignore_ascii_case("never")) {
                findings.push(format!("the origin access control of {} never signs requests", named(origin)?));
            }
        }
        if !judged {
            return Ok(Verdict::not_applicable("no origin of the distribution is a bucket"));
        }
        Ok(first_of(&findings, "origin"))
    }
}
