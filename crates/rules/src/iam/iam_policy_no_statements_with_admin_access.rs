use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::{Policy, admin_statement};

const DOCUMENT: &str = "configuration.policyVersionList.document";

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
        if policy.arn()?.or(policy.source().arn()).is_some_and(|arn| arn.contains(":iam::aws:policy/")) {
            return Ok(Verdict::not_applicable("the policy is AWS's own"));
        }
        if params.exclude_boundaries && is_only_boundary(policy)? {
            return Ok(Verdict::not_applicable("the policy is only used as a permissions boundary"));
        }
        let document = match version_in_force(policy)? {
            Some(version) => version.document()?,
            None => None,
        };
        let Some(document) = document else {
            return Ok(Verdict::non_compliant("the item does not hold the policy version in force"));
        };
        let parsed = Policy::from_value(document)
            .map_err(|error| CannotJudge::Content { path: DOCUMENT, reason: error.to_string() })?;
        Ok(match admin_statement(&parsed) {
            Some(statement) => {
                Verdict::non_compliant(format!("{} allows every action on every resource", statement.label()))
            }
            None => Verdict::Compliant,
        })
    }
}

fn is_only_boundary(policy: &iam::Policy) -> Result<bool, CannotJudge> {
    let is_boundary = policy.permissions_boundary_usage_count()?.is_some_and(|uses| uses > 0);
    Ok(is_boundary && policy.attachment_count()? == Some(0))
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
