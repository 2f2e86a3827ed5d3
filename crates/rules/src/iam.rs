//! Rules about AWS Identity and Access Management.

mod iam_customer_policy_blocked_kms_actions;
mod iam_no_inline_policy_check;
mod iam_policy_no_statements_with_admin_access;
mod iam_policy_no_statements_with_full_access;
mod iam_role_no_attached_admin_policy;
mod iam_role_permissions_boundary_required;
mod iam_role_saml_trust_conditions;
mod iam_role_trust_no_wildcard_principal;
mod iam_user_group_membership_check;
mod iam_user_no_policies_check;
mod managed_policy;
mod roles;

use config_rule::Entry;

pub use iam_customer_policy_blocked_kms_actions::IamCustomerPolicyBlockedKmsActions;
pub use iam_no_inline_policy_check::IamNoInlinePolicyCheck;
pub use iam_policy_no_statements_with_admin_access::IamPolicyNoStatementsWithAdminAccess;
pub use iam_policy_no_statements_with_full_access::IamPolicyNoStatementsWithFullAccess;
pub use iam_role_no_attached_admin_policy::IamRoleNoAttachedAdminPolicy;
pub use iam_role_permissions_boundary_required::IamRolePermissionsBoundaryRequired;
pub use iam_role_saml_trust_conditions::IamRoleSamlTrustConditions;
pub use iam_role_trust_no_wildcard_principal::IamRoleTrustNoWildcardPrincipal;
pub use iam_user_group_membership_check::IamUserGroupMembershipCheck;
pub use iam_user_no_policies_check::IamUserNoPoliciesCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<IamCustomerPolicyBlockedKmsActions>(),
    Entry::item::<IamNoInlinePolicyCheck>(),
    Entry::item::<IamPolicyNoStatementsWithAdminAccess>(),
    Entry::item::<IamPolicyNoStatementsWithFullAccess>(),
    Entry::item::<IamRoleNoAttachedAdminPolicy>(),
    Entry::item::<IamRolePermissionsBoundaryRequired>(),
    Entry::item::<IamRoleSamlTrustConditions>(),
    Entry::item::<IamRoleTrustNoWildcardPrincipal>(),
    Entry::item::<IamUserGroupMembershipCheck>(),
    Entry::item::<IamUserNoPoliciesCheck>(),
];
