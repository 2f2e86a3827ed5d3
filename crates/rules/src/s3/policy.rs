//! The policy of a bucket, and what it is about.

use config_item::{Item, views::s3::Bucket};
use config_rule::{CannotJudge, Context};
use iam_policy::Policy;

use crate::policies;

const PATH: &str = "supplementaryConfiguration.BucketPolicy.policyText";

/// The bucket's policy; `None` where it has none, or where the item does not say.
pub(super) fn bucket_policy(bucket: &Bucket) -> Result<Option<&Policy>, CannotJudge> {
    let document = match bucket.policy()? {
        Some(policy) => policy.policy_text()?,
        None => None,
    };
    document
        .filter(|document| document.as_str().is_none_or(|text| !text.trim().is_empty()))
        .map(|document| policies::read(document, PATH))
        .transpose()
}

/// The bucket's ARN, by which the statements of its policy name it.
pub(super) fn bucket_arn(bucket: &Item<'_, Bucket>, cx: &Context) -> String {
    let source = bucket.source();
    source.arn().map_or_else(|| format!("arn:{}:s3:::{}", cx.partition(), source.resource_id()), str::to_owned)
}
