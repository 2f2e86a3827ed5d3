use config_item::{Item, views::iam};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::{Effect, PrincipalKind, Statement};

use super::roles::{no_trust_policy, trust_policy};
use crate::words::all_of;

const ASSUME_ROLE_WITH_SAML: &str = "sts:AssumeRoleWithSAML";

rule! {
    /// Federated roles trust only the company's SAML providers.
    ///
    /// Whoever controls a SAML provider that a role trusts can be anybody in that role. Each statement that allows
    /// `sts:AssumeRoleWithSAML` must name providers of `allowedProviderArns` only, and hold `SAML:aud` to the sign-in
    /// endpoint, so that an assertion made for another service is worth nothing here. Without `allowedProviderArns` any
    /// provider that is named will do.
    ///
    /// Not applicable to roles that are not assumed with SAML.
    pub struct IamRoleSamlTrustConditions {
        id: "iam-role-saml-trust-conditions",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::HomeRegion,
        managed: Managed::None,
        remediation: "Write the provider's ARN into `Principal.Federated` and add the condition `\"StringEquals\": {\"SAML:aud\": \"https://signin.aws.amazon.com/saml\"}`: `aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json`.",
    }
    params {
        /// SAML providers that roles may trust, by ARN.
        providers: Vec<String>, "allowedProviderArns";
        /// The audience that assertions must be made for.
        audience: String = "https://signin.aws.amazon.com/saml", "audience";
    }
}

impl Rule for IamRoleSamlTrustConditions {
    type View = iam::Role;
    type Params = Params;

    fn evaluate(role: &Item<'_, iam::Role>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(policy) = trust_policy(role)? else { return Ok(no_trust_policy()) };
        let federated: Vec<_> = policy.statements.iter().filter(|statement| is_federated(statement)).collect();
        if federated.is_empty() {
            return Ok(Verdict::not_applicable("the role is not assumed with SAML"));
        }
        let gaps: Vec<_> = federated.into_iter().filter_map(|statement| gap(statement, params)).collect();
        Ok(all_of(&gaps))
    }
}

/// Whether a statement lets identities of a provider assume the role with SAML. Principals of AWS can't, but everyone
/// includes those of every provider.
fn is_federated(statement: &Statement) -> bool {
    let Some(principals) = &statement.principals else { return false };
    statement.effect == Effect::Allow
        && statement.actions.matches(ASSUME_ROLE_WITH_SAML)
        && (principals.reaches_anyone() || principals.named(PrincipalKind::Federated).next().is_some())
}

/// What a statement leaves open, in words.
fn gap(statement: &Statement, params: &Params) -> Option<String> {
    let label = statement.label();
    let principals = statement.principals.as_ref()?;
    if principals.reaches_anyone() {
        return Some(format!("{label} trusts every SAML provider"));
    }
    if let Some(allowed) = &params.providers
        && let Some(other) = principals.named(PrincipalKind::Federated).find(|id| !allowed.iter().any(|arn| arn == id))
    {
        return Some(format!("{label} trusts {other}, which is not in allowedProviderArns"));
    }
    let audiences = statement.condition.fixed_values("SAML:aud").unwrap_or_default();
    if audiences.is_empty() || audiences.iter().any(|audience| *audience != params.audience) {
        return Some(format!("{label} does not hold SAML:aud to {}", params.audience));
    }
    None
}
