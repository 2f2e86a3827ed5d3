use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Users belong to a group.
    ///
    /// A user outside every group has rights that nobody sees when they look at the groups. Where `groupNames` is
    /// given, the user must be in one of those groups; AWS does not say whether one is enough, and a user in all of them
    /// meets both readings. Never not applicable.
    pub struct IamUserGroupMembershipCheck {
        id: "iam-user-group-membership-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::Equivalent("IAM_USER_GROUP_MEMBERSHIP_CHECK"),
        remediation: "Put the user into the group of their work, and delete users that nobody works as: `aws iam add-user-to-group --user-name <user> --group-name <group>`.",
    }
    params {
        /// Groups, one of which the user must be in.
        groups: Vec<String>, "groupNames";
    }
}

impl Rule for IamUserGroupMembershipCheck {
    type View = iam::User;
    type Params = Params;

    fn evaluate(user: &Item<'_, iam::User>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(groups) = user.group_list()? else {
            return Ok(Verdict::non_compliant("the item does not list the user's groups"));
        };
        if groups.is_empty() {
            return Ok(Verdict::non_compliant("the user is in no group"));
        }
        Ok(match &params.groups {
            Some(required) if !groups.iter().any(|group| required.contains(group)) => {
                Verdict::non_compliant(format!("the user is in none of the required groups: {}", required.join(", ")))
            }
            _ => Verdict::Compliant,
        })
    }
}
