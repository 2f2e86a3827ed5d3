use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Users hold no policies of their own.
    ///
    /// What a user may do should follow from the groups that they are in, so that it changes when their work does. A
    /// user must have neither an attached nor an inline policy; policies of their groups don't count. Never not
    /// applicable.
    pub struct IamUserNoPoliciesCheck {
        id: "iam-user-no-policies-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::Equivalent("IAM_USER_NO_POLICIES_CHECK"),
        remediation: "Put the user into a group that has the policies, then take them off the user: `aws iam add-user-to-group`, `aws iam detach-user-policy`, `aws iam delete-user-policy`.",
    }
}

impl Rule for IamUserNoPoliciesCheck {
    type View = iam::User;
    type Params = Params;

    fn evaluate(user: &Item<'_, iam::User>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let attached = user.attached_managed_policies()?;
        let inline = user.user_policy_list()?;
        let mut names = Vec::new();
        for policy in attached.unwrap_or_default() {
            names.push(policy.policy_name()?.unwrap_or("unnamed"));
        }
        for policy in inline.unwrap_or_default() {
            names.push(policy.policy_name()?.unwrap_or("unnamed"));
        }
        Ok(match (names.len(), attached, inline) {
            (0, Some(_), Some(_)) => Verdict::Compliant,
            (0, None, _) => Verdict::non_compliant("the item does not list the user's attached policies"),
            (0, _, None) => Verdict::non_compliant("the item does not list the user's inline policies"),
            (1, ..) => Verdict::non_compliant(format!("the user holds a policy: {}", names[0])),
            (n, ..) => Verdict::non_compliant(format!("the user holds {n} policies: {}", names.join(", "))),
        })
    }
}
