//! What rules about roles share.

use config_item::views::iam::Role;
use config_rule::{CannotJudge, Verdict};
use iam_policy::Policy;

use crate::policies;

const TRUST_POLICY: &str = "configuration.assumeRolePolicyDocument";

/// `NOT_APPLICABLE` for a service-linked role: AWS writes and owns it.
pub(super) fn service_linked(role: &Role) -> Result<Option<Verdict>, CannotJudge> {
    let linked = role.path()?.is_some_and(|path| path.starts_with("/aws-service-role/"));
    Ok(linked.then(|| Verdict::not_applicable("the role is service-linked: its policies are AWS's")))
}

/// The policy that says who may assume the role, where the item holds it.
pub(super) fn trust_policy(role: &Role) -> Result<Option<&Policy>, CannotJudge> {
    role.assume_role_policy_document()?.map(|document| policies::read(document, TRUST_POLICY)).transpose()
}

/// What rules say of a role whose trust policy is missing.
pub(super) fn no_trust_policy() -> Verdict {
    Verdict::non_compliant("the item does not hold the role's trust policy")
}
