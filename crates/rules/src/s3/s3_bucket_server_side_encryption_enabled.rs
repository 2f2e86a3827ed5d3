use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::denies_unencrypted_puts;

use super::encryption::{by_default, is_known};
use super::policy::{bucket_arn, bucket_policy};

rule! {
    /// Buckets encrypt what is uploaded, or refuse what is not encrypted.
    ///
    /// S3 encrypts every new object since January 2023; this rule shows an auditor that it does, and finds items that
    /// were recorded before. A bucket without default encryption is compliant if one statement of its policy denies
    /// everyone to upload any object without asking for encryption. Never not applicable.
    pub struct S3BucketServerSideEncryptionEnabled {
        id: "s3-bucket-server-side-encryption-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED"),
        remediation: "Set a default: `aws s3api put-bucket-encryption --bucket <bucket> --server-side-encryption-configuration '{\"Rules\": [{\"ApplyServerSideEncryptionByDefault\": {\"SSEAlgorithm\": \"aws:kms\", \"KMSMasterKeyID\": \"<key>\"}, \"BucketKeyEnabled\": true}]}'`.",
    }
}

impl Rule for S3BucketServerSideEncryptionEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, _: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        let by_default = by_default(bucket)?;
        if by_default.is_some_and(|(_, algorithm)| is_known(algorithm)) {
            return Ok(Verdict::Compliant);
        }
        if let Some(policy) = bucket_policy(bucket)?
            && denies_unencrypted_puts(policy, &bucket_arn(bucket, cx))
        {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(match by_default {
            None => "the bucket has no default encryption, and its policy accepts unencrypted uploads".to_owned(),
            Some((_, algorithm)) => {
                format!("the default encryption is {algorithm}, not AES256, aws:kms or aws:kms:dsse")
            }
        }))
    }
}
