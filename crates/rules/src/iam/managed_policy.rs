//! Customer managed policies: which are judged, and the document in force.

use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Verdict};
use iam_policy::Policy;

use crate::policies;

const DOCUMENT: &str = "configuration.policyVersionList.document";

/// `NOT_APPLICABLE` for a policy of AWS and, where boundaries are excluded, for one that is only used as a boundary.
pub(super) fn not_applicable(
    policy: &Item<'_, iam::Policy>,
    exclude_boundaries: bool,
) -> Result<Option<Verdict>, CannotJudge> {
    if policy.arn()?.or(policy.source().arn()).is_some_and(|arn| arn.contains(":iam::aws:policy/")) {
        return Ok(Some(Verdict::not_applicable("the policy is AWS's own")));
    }
    if exclude_boundaries && is_only_boundary(policy)? {
        return Ok(Some(Verdict::not_applicable("the policy is only used as a permissions boundary")));
    }
    Ok(None)
}

fn is_only_boundary(policy: &iam::Policy) -> Result<bool, CannotJudge> {
    let is_boundary = policy.permissions_boundary_usage_count()?.is_some_and(|uses| uses > 0);
    Ok(is_boundary && policy.attachment_count()? == Some(0))
}

/// The document of the version in force, where the item holds it.
pub(super) fn document_in_force(policy: &iam::Policy) -> Result<Option<&Policy>, CannotJudge> {
    let document = match version_in_force(policy)? {
        Some(version) => version.document()?,
        None => None,
    };
    document.map(|document| policies::read(document, DOCUMENT)).transpose()
}

/// What rules say of a policy whose document in force is missing.
pub(super) fn no_document() -> Verdict {
    Verdict::non_compliant("the item does not hold the policy version in force")
}

fn version_in_force(policy: &iam::Policy) -> Result<Option<&iam::PolicyVersion>, CannotJudge> {
    let versions = policy.policy_version_list()?.unwrap_or_default();
    for version in versions {
        if version.is_default_version()? == Some(true) {
            return Ok(Some(version));
        }
    }
    let Some(default) = policy.default_version_id()? else { return Ok(None) };
    for version in versions {
        if version.version_id()? == Some(default) {
            return Ok(Some(version));
        }
    }
    Ok(None)
}
