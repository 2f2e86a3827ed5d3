use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::lifecycle::rules;

rule! {
    /// Deleting a version of an object for good needs MFA.
    ///
    /// With MFA delete, stolen access keys alone can neither erase the old versions of a bucket's objects nor turn its
    /// versioning off.
    ///
    /// Not applicable to buckets without MFA delete that have a lifecycle: S3 refuses the one while there is the other.
    /// AWS's managed rule calls them noncompliant, Security Hub (S3.20) leaves them out.
    pub struct S3BucketMfaDeleteEnabled {
        id: "s3-bucket-mfa-delete-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_MFA_DELETE_ENABLED"),
        remediation: "As the root user, with its MFA device: `aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa \"<device ARN> <code>\"`.",
    }
}

impl Rule for S3BucketMfaDeleteEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let mfa_delete = match bucket.versioning()? {
            Some(versioning) => versioning.is_mfa_delete_enabled()?,
            None => None,
        };
        if mfa_delete == Some(true) {
            return Ok(Verdict::Compliant);
        }
        if !rules(bucket)?.is_empty() {
            return Ok(Verdict::not_applicable("the bucket has a lifecycle, beside which S3 allows no MFA delete"));
        }
        Ok(Verdict::non_compliant("MFA delete is off"))
    }
}
