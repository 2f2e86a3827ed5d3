use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::full_access_statements;

use super::managed_policy::{document_in_force, no_document, not_applicable};
use crate::words::all_of;

rule! {
    /// Customer managed policies do not grant all actions of a service.
    ///
    /// `s3:*` lets its holder read a bucket, and also make it public. The version in force is judged, a statement at a
    /// time: neither its resources nor a condition excuse an `Allow` with `service:*` or `*`. `s3:Get*` is not meant.
    /// `NotAction` with `Allow` grants every service that it does not name and is noncompliant, as in Security Hub
    /// (IAM.21).
    ///
    /// Not applicable to policies of AWS and, with `excludePermissionBoundaryPolicy`, to policies that are only used as
    /// permissions boundaries: a boundary grants nothing by itself.
    pub struct IamPolicyNoStatementsWithFullAccess {
        id: "iam-policy-no-statements-with-full-access",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::Equivalent("IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS"),
        remediation: "Write down the actions that are needed (IAM Access Analyzer makes a policy of what was used), make that the policy's default version, and delete the old one: `aws iam create-policy-version --set-as-default`, `aws iam delete-policy-version`.",
    }
    params {
        /// Whether policies that are only used as permissions boundaries are left out.
        exclude_boundaries: bool = false, "excludePermissionBoundaryPolicy";
    }
}

impl Rule for IamPolicyNoStatementsWithFullAccess {
    type View = iam::Policy;
    type Params = Params;

    fn evaluate(policy: &Item<'_, iam::Policy>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_applicable(policy, params.exclude_boundaries)? {
            return Ok(verdict);
        }
        let Some(document) = document_in_force(policy)? else { return Ok(no_document()) };
        let findings: Vec<_> = full_access_statements(document)
            .into_iter()
            .map(|statement| format!("{} allows every action of a service", statement.label()))
            .collect();
        Ok(all_of(&findings))
    }
}
