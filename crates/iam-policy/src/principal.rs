//! `Principal` and `NotPrincipal`.

use serde_json::Value;

use crate::error::Fault;
use crate::selection::Selection;
use crate::statement::strings;

/// Whom a statement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principals(Selection<Principal>);

/// One entry of `Principal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Its type.
    pub kind: PrincipalKind,
    /// What the document says: an ARN, an account, a service's name, a provider, or `*`.
    pub id: String,
}

/// The types of principals that the grammar knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrincipalKind {
    /// Accounts, users, roles and sessions.
    Aws,
    /// AWS services.
    Service,
    /// SAML and web identity providers.
    Federated,
    /// Accounts by S3's canonical id.
    CanonicalUser,
}

impl Principals {
    /// Reads `"*"` or an object of types. A bare `"*"` is kept as `{"AWS": "*"}`, which AWS calls equivalent.
    pub(crate) fn read(element: &'static str, value: &Value, negated: bool) -> Result<Principals, Fault> {
        let malformed = Fault::Malformed { element, expected: "\"*\" or an object of principal types with strings" };
        let list = match value {
            Value::String(text) if text == "*" => vec![Principal { kind: PrincipalKind::Aws, id: text.clone() }],
            Value::Object(types) => {
                let mut list = Vec::new();
                for (name, ids) in types {
                    let (Some(kind), Some(ids)) = (PrincipalKind::read(name), strings(ids)) else {
                        return Err(malformed);
                    };
                    list.extend(ids.into_iter().map(|id| Principal { kind, id: id.to_owned() }));
                }
                list
            }
            _ => return Err(malformed),
        };
        Ok(Principals(if negated { Selection::AllExcept(list) } else { Selection::Only(list) }))
    }

    /// Whether it is everyone, anonymous requests too. `NotPrincipal` leaves somebody out, so it never is.
    #[must_use]
    pub fn is_anyone(&self) -> bool {
        self.named(PrincipalKind::Aws).any(|id| id == "*")
    }

    /// Whether it lets in whoever comes: a wildcard for all principals of a type or for all accounts, or everybody whom
    /// `NotPrincipal` does not name.
    #[must_use]
    pub fn reaches_anyone(&self) -> bool {
        match &self.0 {
            Selection::Only(list) => list.iter().any(Principal::is_wildcard),
            Selection::AllExcept(_) => true,
        }
    }

    /// Whether it leaves nobody out but principals that `NotPrincipal` names one by one.
    pub(crate) fn leaves_out_only_named(&self) -> bool {
        match &self.0 {
            Selection::Only(_) => self.is_anyone(),
            Selection::AllExcept(list) => !list.iter().any(Principal::is_wildcard),
        }
    }

    /// Whether the statement says `NotPrincipal`.
    #[must_use]
    pub fn is_negated(&self) -> bool {
        matches!(self.0, Selection::AllExcept(_))
    }

    /// The entries, of `Principal` or of `NotPrincipal`.
    pub(crate) fn entries(&self) -> &[Principal] {
        match &self.0 {
            Selection::Only(list) | Selection::AllExcept(list) => list,
        }
    }

    /// The principals of one type that `Principal` names. None for `NotPrincipal`, which says who it is *not*.
    pub fn named(&self, kind: PrincipalKind) -> impl Iterator<Item = &str> {
        let list: &[Principal] = match &self.0 {
            Selection::Only(list) => list,
            Selection::AllExcept(_) => &[],
        };
        list.iter().filter(move |principal| principal.kind == kind).map(|principal| principal.id.as_str())
    }
}

impl Principal {
    /// The account that it belongs to, where its name tells: twelve digits alone, or in an ARN. The name of a deleted
    /// user or role (`AIDA…`) tells none, and neither does CloudFront's for an origin access identity.
    pub(crate) fn account(&self) -> Option<&str> {
        let part = self.id.split(':').nth(4).unwrap_or(&self.id);
        (part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(part)
    }

    /// Whether it is the whole of an account: its id, or its root user's ARN.
    pub(crate) fn is_account(&self) -> bool {
        self.kind == PrincipalKind::Aws
            && self.account().is_some_and(|account| self.id == account || self.id.ends_with(":root"))
    }

    /// Whether it stands for principals of every account. IAM itself accepts no wildcard but `*`.
    pub(crate) fn is_wildcard(&self) -> bool {
        self.id.split(':').nth(4).unwrap_or(&self.id).contains(['*', '?'])
    }
}

impl PrincipalKind {
    fn read(name: &str) -> Option<PrincipalKind> {
        match name {
            "AWS" => Some(PrincipalKind::Aws),
            "Service" => Some(PrincipalKind::Service),
            "Federated" => Some(PrincipalKind::Federated),
            "CanonicalUser" => Some(PrincipalKind::CanonicalUser),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn anyone() {
        for (value, negated, expected) in [
            (json!("*"), false, true),
            (json!({"AWS": "*"}), false, true),
            (json!({"AWS": ["111122223333", "*"]}), false, true),
            (json!({"Service": "sns.amazonaws.com", "AWS": ["*"]}), false, true),
            (json!({"Service": "*"}), false, false),
            (json!({"AWS": "arn:aws:iam::111122223333:*"}), false, false),
            (json!({"AWS": []}), false, false),
            (json!({}), false, false),
            (json!("*"), true, false),
            (json!({"AWS": "111122223333"}), true, false),
        ] {
            let principals = Principals::read("Principal", &value, negated).expect("well formed");
            assert_eq!(principals.is_anyone(), expected, "{value}");
        }
    }

    #[test]
    fn whoever_comes() {
        for (value, negated, expected) in [
            (json!("*"), false, true),
            (json!({"AWS": ["111122223333", "*"]}), false, true),
            (json!({"AWS": "arn:aws:iam::*:root"}), false, true),
            (json!({"AWS": "arn:*"}), false, true),
            (json!({"Service": "*"}), false, true),
            (json!({"Federated": "*"}), false, true),
            (json!({"CanonicalUser": "*"}), false, true),
            (json!({"AWS": "111122223333"}), true, true),
            (json!({"AWS": "arn:aws:iam::111122223333:role/*"}), false, false),
            (json!({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}), false, false),
            (json!({"Service": "sns.amazonaws.com", "Federated": "accounts.google.com"}), false, false),
            (json!({}), false, false),
        ] {
            let principals = Principals::read("Principal", &value, negated).expect("well formed");
            assert_eq!(principals.reaches_anyone(), expected, "{value}, negated {negated}");
        }
    }

    #[test]
    fn accounts() {
        for (id, account, whole) in [
            ("111122223333", Some("111122223333"), true),
            ("arn:aws:iam::111122223333:root", Some("111122223333"), true),
            ("arn:aws-us-gov:iam::111122223333:role/root", Some("111122223333"), false),
            ("arn:aws:sts::111122223333:assumed-role/r/s", Some("111122223333"), false),
            ("AIDAIOSFODNN7EXAMPLE", None, false),
            ("AIDAIOSFODNN", None, false),
            ("11112222333", None, false),
            ("arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1", None, false),
            ("arn:aws:iam::*:root", None, false),
        ] {
            let principal = Principal { kind: PrincipalKind::Aws, id: id.to_owned() };
            assert_eq!((principal.account(), principal.is_account()), (account, whole), "{id}");
        }
    }

    #[test]
    fn names_by_type() {
        let value = json!({
            "AWS": ["111122223333", "arn:aws:iam::111122223333:role/r"],
            "Federated": "accounts.google.com",
        });
        let named = |negated, kind| {
            let principals = Principals::read("Principal", &value, negated).expect("well formed");
            principals.named(kind).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(named(false, PrincipalKind::Aws), ["111122223333", "arn:aws:iam::111122223333:role/r"]);
        assert_eq!(named(false, PrincipalKind::Federated), ["accounts.google.com"]);
        assert!(named(false, PrincipalKind::CanonicalUser).is_empty());
        assert!(named(true, PrincipalKind::Aws).is_empty());
    }

    #[test]
    fn malformed() {
        for value in [
            json!("111122223333"),
            json!(["*"]),
            json!(null),
            json!({"aws": "*"}),
            json!({"AWS": 1}),
            json!({"AWS": {"AWS": "*"}}),
        ] {
            assert!(Principals::read("Principal", &value, false).is_err(), "{value}");
        }
    }
}
