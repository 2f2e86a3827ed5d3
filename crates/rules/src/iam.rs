//! Rules about AWS Identity and Access Management.

mod iam_no_inline_policy_check;
mod iam_policy_no_statements_with_admin_access;

use config_rule::Entry;

pub use iam_no_inline_policy_check::IamNoInlinePolicyCheck;
pub use iam_policy_no_statements_with_admin_access::IamPolicyNoStatementsWithAdminAccess;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<IamNoInlinePolicyCheck>(), Entry::item::<IamPolicyNoStatementsWithAdminAccess>()];
