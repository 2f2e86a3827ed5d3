use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::{Effect, Outsider, Statement, outsiders};

use super::roles::{no_trust_policy, service_linked, trust_policy};
use crate::words::all_of;

rule! {
    /// Roles name whom they trust, and guard against strangers in other accounts.
    ///
    /// A role that trusts `*` is a key under the doormat. No statement may allow everyone, be it with `*`, with a
    /// wildcard for accounts, or with `NotPrincipal`; a condition does not excuse it, for the next edit may take that
    /// away. Principals of another account are accepted if the account is in `trustedAccounts`, or if the statement
    /// holds `sts:ExternalId` or `aws:PrincipalOrgID` to a fixed value.
    ///
    /// Services and web identity providers are not judged here. Not applicable to service-linked roles.
    pub struct IamRoleTrustNoWildcardPrincipal {
        id: "iam-role-trust-no-wildcard-principal",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::None,
        remediation: "Write down who assumes the role, by ARN, and agree on an external id with other companies: `aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json`.",
    }
    params {
        /// Accounts whose principals may assume roles without further condition, by id.
        trusted: Vec<String>, "trustedAccounts";
    }
}

impl Rule for IamRoleTrustNoWildcardPrincipal {
    type View = iam::Role;
    type Params = Params;

    fn evaluate(role: &Item<'_, iam::Role>, params: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = service_linked(role)? {
            return Ok(verdict);
        }
        let Some(policy) = trust_policy(role)? else { return Ok(no_trust_policy()) };
        let account = role.source().account_id().unwrap_or(&cx.account);
        let trusted = params.trusted.as_deref().unwrap_or_default();
        let allowed = policy.statements.iter().filter(|statement| statement.effect == Effect::Allow);
        let findings: Vec<_> = allowed
            .flat_map(|statement| outsiders(statement, account).into_iter().map(move |outsider| (statement, outsider)))
            .filter_map(|(statement, outsider)| {
                let fault = fault(statement, outsider, trusted)?;
                Some(format!("{} trusts {outsider}{fault}", statement.label()))
            })
            .collect();
        Ok(all_of(&findings))
    }
}

/// What is wrong with trusting an outsider, if anything is.
fn fault(statement: &Statement, outsider: Outsider<'_>, trusted: &[String]) -> Option<&'static str> {
    let guarded =
        || ["sts:ExternalId", "aws:PrincipalOrgID"].iter().any(|key| statement.condition.fixed_values(key).is_some());
    match outsider {
        Outsider::Account(id) if trusted.iter().any(|account| account == id) || guarded() => None,
        Outsider::Account(_) | Outsider::CanonicalUser(_) => Some(" without sts:ExternalId or aws:PrincipalOrgID"),
        Outsider::Anyone | Outsider::AllOthers => Some(""),
    }
}
