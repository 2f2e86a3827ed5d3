use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::roles::service_linked;

rule! {
    /// Users, groups and roles carry no inline policies.
    ///
    /// An inline policy is seen only by whoever opens the user, group or role that it is written into; a managed policy
    /// has one place, versions and a list of whom it is attached to.
    ///
    /// Not applicable to service-linked roles: AWS writes and owns their policies.
    pub struct IamNoInlinePolicyCheck {
        id: "iam-no-inline-policy-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::Equivalent("IAM_NO_INLINE_POLICY_CHECK"),
        remediation: "Make a managed policy of the document, attach it to a group or a role, and delete the inline one: `aws iam delete-user-policy`, `delete-group-policy` or `delete-role-policy`.",
    }
}

impl Rule for IamNoInlinePolicyCheck {
    type View = iam::Identity;
    type Params = Params;

    fn evaluate(identity: &Item<'_, iam::Identity>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let (kind, policies) = match &**identity {
            iam::Identity::User(user) => ("user", user.user_policy_list()?),
            iam::Identity::Group(group) => ("group", group.group_policy_list()?),
            iam::Identity::Role(role) => {
                if let Some(verdict) = service_linked(role)? {
                    return Ok(verdict);
                }
                ("role", role.role_policy_list()?)
            }
        };
        let Some(policies) = policies else {
            return Ok(Verdict::non_compliant(format!("the item does not list the {kind}'s inline policies")));
        };
        if policies.is_empty() {
            return Ok(Verdict::Compliant);
        }
        let names: Vec<_> = policies
            .iter()
            .map(|policy| Ok(policy.policy_name()?.unwrap_or("unnamed")))
            .collect::<Result<_, CannotJudge>>()?;
        Ok(Verdict::non_compliant(format!(
            "the {kind} carries {} inline {}: {}",
            names.len(),
            if names.len() == 1 { "policy" } else { "policies" },
            names.join(", ")
        )))
    }
}
