use config_item::{Item, views::cloudfront};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::origins::{NO_CONFIG, bucket_of};

rule! {
    /// Distributions log requests to a bucket.
    ///
    /// Access logs tell who asked for what, and when: what an investigation of a disclosure starts from. CloudFront's
    /// standard logging to S3 must be on; where `S3BucketName` is given, to that bucket. Logs that are delivered by
    /// CloudWatch (standard logging v2) are not in the item, and a distribution with those alone is noncompliant, as
    /// with AWS's rule.
    pub struct CloudfrontAccesslogsEnabled {
        id: "cloudfront-accesslogs-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::UsEast1,
        managed: Managed::Equivalent("CLOUDFRONT_ACCESSLOGS_ENABLED"),
        remediation: "Set `Logging` in the distribution's configuration, `Enabled` and a `Bucket` (`<name>.s3.amazonaws.com`, with ACLs allowed), and update it: `aws cloudfront update-distribution --id <id> --if-match <etag> --distribution-config file://config.json`.",
    }
    params {
        /// The bucket that must receive the logs, by its name or by the domain name that the distribution has for it.
        bucket: String, "S3BucketName";
    }
}

impl Rule for CloudfrontAccesslogsEnabled {
    type View = cloudfront::Distribution;
    type Params = Params;

    fn evaluate(
        distribution: &Item<'_, cloudfront::Distribution>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let Some(config) = distribution.config()? else { return Ok(Verdict::non_compliant(NO_CONFIG)) };
        let Some(logging) = config.logging()? else {
            return Ok(Verdict::non_compliant("the item does not say whether requests are logged"));
        };
        match logging.enabled()? {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("requests are not logged to a bucket")),
            None => return Ok(Verdict::non_compliant("the item does not say whether requests are logged")),
        }
        let Some(required) = &params.bucket else { return Ok(Verdict::Compliant) };
        Ok(match logging.bucket()? {
            Some(domain) if domain == required || bucket_of(domain) == Some(required) => Verdict::Compliant,
            Some(domain) if !domain.is_empty() => Verdict::non_compliant(format!(
                "requests are logged to {domain}, not to the required bucket {required}"
            )),
            _ => Verdict::non_compliant("the item does not say which bucket requests are logged to"),
        })
    }
}
