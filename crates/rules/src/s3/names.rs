//! Picking buckets by their names.

use config_item::{Item, views::s3::Bucket};
use config_rule::CannotJudge;

/// Whether the bucket is one of those named.
pub(super) fn is_named(bucket: &Item<'_, Bucket>, names: &[String]) -> Result<bool, CannotJudge> {
    let name = bucket.name()?.unwrap_or_else(|| bucket.source().resource_id());
    Ok(names.iter().any(|named| named == name))
}

/// Whether the bucket is one of those named, or no list of names is given.
pub(super) fn is_selected(bucket: &Item<'_, Bucket>, names: Option<&[String]>) -> Result<bool, CannotJudge> {
    names.map_or(Ok(true), |names| is_named(bucket, names))
}
