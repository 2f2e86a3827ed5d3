use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::plain_http_gap;

use super::policy::{bucket_arn, bucket_policy};

rule! {
    /// Bucket policies refuse plain HTTP.
    ///
    /// S3 answers over HTTP as well as HTTPS unless the bucket's policy says otherwise. A bucket is compliant if `Deny`
    /// statements together refuse every request of everyone over plain HTTP (`aws:SecureTransport` is false) on the
    /// bucket and on all of its objects. An `Allow` for HTTPS only is not enough: another policy may allow HTTP.
    ///
    /// A bucket without a policy is noncompliant.
    pub struct S3BucketSslRequestsOnly {
        id: "s3-bucket-ssl-requests-only",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_SSL_REQUESTS_ONLY"),
        remediation: "Add a statement to the bucket's policy: effect `Deny`, principal `*`, action `s3:*`, resources the bucket's ARN and `<arn>/*`, condition `\"Bool\": {\"aws:SecureTransport\": \"false\"}`.",
    }
}

impl Rule for S3BucketSslRequestsOnly {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, _: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        let Some(policy) = bucket_policy(bucket)? else {
            return Ok(Verdict::non_compliant("the bucket has no policy, so nothing refuses plain HTTP"));
        };
        Ok(match plain_http_gap(policy, &bucket_arn(bucket, cx)) {
            None => Verdict::Compliant,
            Some(gap) => Verdict::non_compliant(gap.to_string()),
        })
    }
}
