//! The rules of a bucket's lifecycle.

use config_item::views::s3::{Bucket, LifecycleRule};
use config_rule::CannotJudge;

/// All rules; none where the bucket has no lifecycle.
pub(super) fn rules(bucket: &Bucket) -> Result<&[LifecycleRule], CannotJudge> {
    Ok(match bucket.lifecycle()? {
        Some(lifecycle) => lifecycle.rules()?.unwrap_or_default(),
        None => &[],
    })
}

/// The rules that are enabled.
pub(super) fn enabled_rules(bucket: &Bucket) -> Result<Vec<&LifecycleRule>, CannotJudge> {
    let mut enabled = Vec::new();
    for rule in rules(bucket)? {
        if rule.status()?.is_some_and(|status| status.eq_ignore_ascii_case("Enabled")) {
            enabled.push(rule);
        }
    }
    Ok(enabled)
}

/// The days after which objects expire; -1 stands for none.
pub(super) fn expiration_days(rule: &LifecycleRule) -> Result<Option<i64>, CannotJudge> {
    Ok(rule.expiration_in_days()?.filter(|days| *days > 0))
}
