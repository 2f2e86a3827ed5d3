//! How a bucket encrypts what is uploaded without asking for anything.

use config_item::views::s3::{Bucket, EncryptionByDefault};
use config_rule::CannotJudge;

/// The bucket's default encryption, where it names an algorithm.
pub(super) fn by_default(bucket: &Bucket) -> Result<Option<(&EncryptionByDefault, &str)>, CannotJudge> {
    let Some(encryption) = bucket.encryption()? else { return Ok(None) };
    for rule in encryption.rules()?.unwrap_or_default() {
        if let Some(by_default) = rule.by_default()?
            && let Some(algorithm) = by_default.sse_algorithm()?
        {
            return Ok(Some((by_default, algorithm)));
        }
    }
    Ok(None)
}

/// Whether an algorithm uses a KMS key.
pub(super) fn is_kms(algorithm: &str) -> bool {
    ["aws:kms", "aws:kms:dsse"].iter().any(|name| algorithm.eq_ignore_ascii_case(name))
}

/// Whether an algorithm is one of S3's.
pub(super) fn is_known(algorithm: &str) -> bool {
    is_kms(algorithm) || algorithm.eq_ignore_ascii_case("AES256")
}
