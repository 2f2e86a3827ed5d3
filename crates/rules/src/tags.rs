//! Tags by which rules choose resources.
//!
//! The key counts as it is written: to AWS, `Environment` and `environment` are two tags, and a resource can have both.
//! The value counts in any letter case: whoever wrote `Production` meant `production`, and a database of production that
//! nobody judges is worse than one judged too many.

use config_item::{ConfigurationItem, Unreadable};
use config_rule::Verdict;

/// `NOT_APPLICABLE` for a resource that lacks the tag.
pub(crate) fn lacking(item: &ConfigurationItem<'_>, key: &str, value: &str) -> Result<Option<Verdict>, Unreadable> {
    let has = item.tags()?.get(key).is_some_and(|found| found.eq_ignore_ascii_case(value));
    Ok((!has).then(|| not_tagged(key, value)))
}

/// `NOT_APPLICABLE` for a resource whose tag says something else; one without the tag is judged.
pub(crate) fn differing(item: &ConfigurationItem<'_>, key: &str, value: &str) -> Result<Option<Verdict>, Unreadable> {
    let differs = item.tags()?.get(key).is_some_and(|found| !found.eq_ignore_ascii_case(value));
    Ok(differs.then(|| not_tagged(key, value)))
}

fn not_tagged(key: &str, value: &str) -> Verdict {
    Verdict::not_applicable(format!("the resource is not tagged {key}={value}"))
}
