use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::roles::service_linked;

rule! {
    /// Nobody but break-glass roles holds AdministratorAccess.
    ///
    /// AWS's policy `AdministratorAccess` allows everything everywhere. Rules about customer managed policies don't see
    /// it, for it is AWS's, so this one looks at the users, groups and roles that it is attached to. Roles that
    /// `exemptRoles` names may keep it; users and groups of those names may not.
    ///
    /// Not applicable to service-linked roles.
    pub struct IamRoleNoAttachedAdminPolicy {
        id: "iam-role-no-attached-admin-policy",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::None,
        remediation: "Attach a policy with what is needed and detach this one: `aws iam detach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`, or `detach-user-policy` or `detach-group-policy`. Keep one role for emergencies, and watch its use.",
    }
    params {
        /// Roles that may keep the policy, by name.
        exempt: Vec<String>, "exemptRoles";
    }
}

impl Rule for IamRoleNoAttachedAdminPolicy {
    type View = iam::Identity;
    type Params = Params;

    fn evaluate(identity: &Item<'_, iam::Identity>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let (kind, attached) = match &**identity {
            iam::Identity::User(user) => ("user", user.attached_managed_policies()?),
            iam::Identity::Group(group) => ("group", group.attached_managed_policies()?),
            iam::Identity::Role(role) => {
                if let Some(verdict) = service_linked(role)? {
                    return Ok(verdict);
                }
                let name = role.role_name()?.or(identity.source().resource_name());
                let exempt = params.exempt.as_deref().unwrap_or_default();
                if name.is_some_and(|name| exempt.iter().any(|exempt| exempt == name)) {
                    return Ok(Verdict::Compliant);
                }
                ("role", role.attached_managed_policies()?)
            }
        };
        let Some(attached) = attached else {
            return Ok(Verdict::non_compliant(format!("the item does not list the {kind}'s attached policies")));
        };
        for policy in attached {
            if policy.policy_arn()?.is_some_and(|arn| arn.ends_with(":iam::aws:policy/AdministratorAccess")) {
                return Ok(Verdict::non_compliant(format!("AdministratorAccess is attached to the {kind}")));
            }
        }
        Ok(Verdict::Compliant)
    }
}
