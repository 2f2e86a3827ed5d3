use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::every_key_statements;

use super::managed_policy::{document_in_force, no_document, not_applicable};
use crate::words::all_of;

rule! {
    /// Customer managed policies do not open every KMS key.
    ///
    /// Who may decrypt with any key of the account reads everything that is encrypted in it. The version in force is
    /// noncompliant if it allows an action of one of the patterns on every key: on `*`, on `key/*` of some account and
    /// region, or on all resources but some. A condition does not excuse a grant, an unconditional `Deny` beside it
    /// does.
    ///
    /// AWS's rule has no default for the patterns; here it is the two actions that Security Hub asks about (KMS.1).
    ///
    /// Not applicable to policies of AWS and, with `excludePermissionBoundaryPolicy`, to policies that are only used as
    /// permissions boundaries: a boundary grants nothing by itself.
    pub struct IamCustomerPolicyBlockedKmsActions {
        id: "iam-customer-policy-blocked-kms-actions",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::Equivalent("IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS"),
        remediation: "Name the keys that are needed in the statement's `Resource`, make that the policy's default version, and delete the old one: `aws iam create-policy-version --set-as-default`, `aws iam delete-policy-version`.",
    }
    params {
        /// The KMS actions that must not be allowed on every key; `*` and `?` are wildcards.
        actions: Vec<String> = ["kms:Decrypt", "kms:ReEncryptFrom"].map(str::to_owned), "blockedActionsPatterns";
        /// Whether policies that are only used as permissions boundaries are left out.
        exclude_boundaries: bool = false, "excludePermissionBoundaryPolicy";
    }
}

impl Rule for IamCustomerPolicyBlockedKmsActions {
    type View = iam::Policy;
    type Params = Params;

    fn evaluate(policy: &Item<'_, iam::Policy>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_applicable(policy, params.exclude_boundaries)? {
            return Ok(verdict);
        }
        let Some(document) = document_in_force(policy)? else { return Ok(no_document()) };
        let findings: Vec<_> = every_key_statements(document, &params.actions)
            .into_iter()
            .map(|(statement, actions)| format!("{} allows {} on every KMS key", statement.label(), actions.join(", ")))
            .collect();
        Ok(all_of(&findings))
    }
}
