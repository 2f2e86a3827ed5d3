use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::encryption::{by_default, is_kms};
use crate::keys::is_any_of;

rule! {
    /// Buckets encrypt with a KMS key by default.
    ///
    /// With S3's own keys, whoever may read an object reads it in the clear. With a KMS key they need the key as well,
    /// and every use of it is in CloudTrail. AWS's own key (`aws/s3`) is enough unless `kmsKeyArns` says otherwise;
    /// keys are compared by ARN, or by id or alias where one side is bare.
    ///
    /// Services that deliver to a bucket may need S3's own keys there; the item does not tell which bucket that is, so
    /// leave it out by the rule's scope. Never not applicable.
    pub struct S3DefaultEncryptionKms {
        id: "s3-default-encryption-kms",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_DEFAULT_ENCRYPTION_KMS"),
        remediation: "Set the default to a KMS key: `aws s3api put-bucket-encryption --bucket <bucket> --server-side-encryption-configuration '{\"Rules\": [{\"ApplyServerSideEncryptionByDefault\": {\"SSEAlgorithm\": \"aws:kms\", \"KMSMasterKeyID\": \"<key>\"}, \"BucketKeyEnabled\": true}]}'`. Objects that are already there keep their encryption until they are copied.",
    }
    params {
        /// KMS keys that are accepted, by ARN.
        keys: Vec<String>, "kmsKeyArns";
    }
}

impl Rule for S3DefaultEncryptionKms {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some((by_default, algorithm)) = by_default(bucket)? else {
            return Ok(Verdict::non_compliant("the bucket has no default encryption"));
        };
        if !is_kms(algorithm) {
            return Ok(Verdict::non_compliant(format!("the default encryption is {algorithm}, without a KMS key")));
        }
        let Some(accepted) = &params.keys else { return Ok(Verdict::Compliant) };
        Ok(match by_default.kms_master_key_id()? {
            Some(key) if is_any_of(key, accepted) => Verdict::Compliant,
            Some(key) => Verdict::non_compliant(format!("the default key is {key}, which is not in kmsKeyArns")),
            None => Verdict::non_compliant("the default key is AWS's own, which is not in kmsKeyArns"),
        })
    }
}
