//! Rules about AWS Identity and Access Management.

pub mod iam_no_inline_policy_check;
pub mod iam_policy_no_statements_with_admin_access;

use config_rule::Entry;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<iam_no_inline_policy_check::IamNoInlinePolicyCheck>(),
    Entry::item::<iam_policy_no_statements_with_admin_access::IamPolicyNoStatementsWithAdminAccess>(),
];
