//! Which resources are production's, by a tag.

use config_item::{ConfigurationItem, Unreadable};
use config_rule::Verdict;

/// `NOT_APPLICABLE` for a resource that lacks the tag which marks production. Tags are compared as AWS compares them:
/// case counts.
pub(crate) fn outside(item: &ConfigurationItem<'_>, key: &str, value: &str) -> Result<Option<Verdict>, Unreadable> {
    let tagged = item.tags()?.get(key).is_some_and(|tag| tag == value);
    Ok((!tagged).then(|| Verdict::not_applicable(format!("the resource is not tagged {key}={value}"))))
}
