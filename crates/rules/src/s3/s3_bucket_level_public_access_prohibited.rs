use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::names::is_named;
use super::public_access::bucket_gap;

rule! {
    /// Buckets block public access themselves.
    ///
    /// The settings of the account protect a bucket only as long as nobody turns them off there. All four settings of
    /// the bucket must be on; those of the account are not looked at.
    ///
    /// Not applicable to the buckets that `excludedPublicBuckets` names.
    pub struct S3BucketLevelPublicAccessProhibited {
        id: "s3-bucket-level-public-access-prohibited",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"),
        remediation: "Turn all four settings on: `aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`.",
    }
    params {
        /// Buckets that may be public, by name.
        excluded: Vec<String>, "excludedPublicBuckets";
    }
}

impl Rule for S3BucketLevelPublicAccessProhibited {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(excluded) = &params.excluded
            && is_named(bucket, excluded)?
        {
            return Ok(Verdict::not_applicable("the bucket is in excludedPublicBuckets"));
        }
        Ok(match bucket_gap(bucket.public_access_block()?)? {
            None => Verdict::Compliant,
            Some(gap) => Verdict::non_compliant(format!("the bucket does not block all public access: {gap}")),
        })
    }
}
