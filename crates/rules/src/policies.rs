//! Policies in items.

use config_item::Document;
use config_rule::CannotJudge;
use iam_policy::Policy;

/// The policy that an item holds at a path.
pub(crate) fn read<'a>(document: &'a Document, path: &'static str) -> Result<&'a Policy, CannotJudge> {
    let policy = document.read(Policy::from_value).as_ref();
    policy.map_err(|error| CannotJudge::Content { path, reason: error.to_string() })
}
