use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::admin_statements;

use super::managed_policy::{document_in_force, no_document, not_applicable};
use crate::words::all_of;

rule! {
    /// Customer managed policies do not grant full administration.
    ///
    /// A statement that allows every action on every resource lets whoever has the policy undo every other control. The
    /// version in force is judged, a statement at a time; as with AWS's rule, a condition on such a statement does not
    /// excuse it, and `NotAction` is not "every action".
    ///
    /// Not applicable to policies of AWS and, with `excludePermissionBoundaryPolicy`, to policies that are only used as
    /// permissions boundaries: a boundary grants nothing by itself.
    pub struct IamPolicyNoStatementsWithAdminAccess {
        id: "iam-policy-no-statements-with-admin-access",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::Equivalent("IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"),
        remediation: "Write down the actions and resources that are needed (IAM Access Analyzer makes a policy of what was used), make that the policy's default version, and delete the old one: `aws iam create-policy-version --set-as-default`, `aws iam delete-policy-version`.",
    }
    params {
        /// Whether policies that are only used as permissions boundaries are left out.
        exclude_boundaries: bool = false, "excludePermissionBoundaryPolicy";
    }
}

impl Rule for IamPolicyNoStatementsWithAdminAccess {
    type View = iam::Policy;
    type Params = Params;

    fn evaluate(policy: &Item<'_, iam::Policy>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_applicable(policy, params.exclude_boundaries)? {
            return Ok(verdict);
        }
        let Some(document) = document_in_force(policy)? else { return Ok(no_document()) };
        let findings: Vec<_> = admin_statements(document)
            .into_iter()
            .map(|statement| format!("{} allows every action on every resource", statement.label()))
            .collect();
        Ok(all_of(&findings))
    }
}
