//! The four settings that block public access, which accounts, buckets and access points have.

use config_item::views::s3::BucketPublicAccessBlock;
use config_rule::CannotJudge;

/// A setting's name, its value, and the value required.
pub(super) type Setting = (&'static str, Option<bool>, bool);

/// The settings that differ from what is required, in words.
pub(super) fn differences(settings: [Setting; 4]) -> Option<String> {
    let wrong: Vec<_> = settings
        .into_iter()
        .filter(|(_, value, required)| *value != Some(*required))
        .map(|(name, value, _)| value.map_or(format!("{name} is missing"), |value| format!("{name} is {value}")))
        .collect();
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

/// What keeps a bucket's own settings from blocking all public access, in words.
pub(super) fn bucket_gap(block: Option<&BucketPublicAccessBlock>) -> Result<Option<String>, CannotJudge> {
    let Some(block) = block else { return Ok(Some("no setting is on".to_owned())) };
    Ok(differences([
        ("BlockPublicAcls", block.block_public_acls()?, true),
        ("IgnorePublicAcls", block.ignore_public_acls()?, true),
        ("BlockPublicPolicy", block.block_public_policy()?, true),
        ("RestrictPublicBuckets", block.restrict_public_buckets()?, true),
    ]))
}
