//! Does the policy of a resource give another account access?

use std::fmt;

use crate::document::Policy;
use crate::principal::{Principal, PrincipalKind, Principals};
use crate::statement::{Effect, Statement};

/// Somebody outside an account whom a statement is about. Its text is made for a rule's reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outsider<'p> {
    /// Everyone.
    Anyone,
    /// Everyone whom `NotPrincipal` does not name.
    AllOthers,
    /// Another account, or somebody in it, by the account's id.
    Account(&'p str),
    /// An account by S3's canonical id.
    CanonicalUser(&'p str),
}

/// A grant to somebody outside the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideGrant<'p> {
    /// The statement that grants.
    pub statement: &'p Statement,
    /// To whom.
    pub outsider: Outsider<'p>,
    /// Which of the patterns asked for; at least one.
    pub actions: Vec<&'p str>,
}

/// Those outside the account whom a statement is about; its condition is not looked at.
///
/// Services and identity providers on the web are of no account. All canonical ids are outside: which is the account's
/// own is not known here.
#[must_use]
pub fn outsiders<'p>(statement: &'p Statement, account: &str) -> Vec<Outsider<'p>> {
    match &statement.principals {
        None => Vec::new(),
        Some(principals) if principals.is_negated() => vec![Outsider::AllOthers],
        Some(principals) => principals.entries().iter().filter_map(|entry| outsider(entry, account)).collect(),
    }
}

fn outsider<'p>(principal: &'p Principal, account: &str) -> Option<Outsider<'p>> {
    if principal.is_wildcard() {
        return Some(Outsider::Anyone);
    }
    match principal.kind {
        PrincipalKind::Aws | PrincipalKind::Federated => {
            principal.account().filter(|owner| *owner != account).map(Outsider::Account)
        }
        PrincipalKind::CanonicalUser => Some(Outsider::CanonicalUser(&principal.id)),
        PrincipalKind::Service => None,
    }
}

/// The grants of actions of the patterns to somebody outside the account, one for each outsider of a statement.
///
/// As in AWS Config's `S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED` conditions are not looked at: one on a grant does not
/// excuse it. A `Deny` takes a grant back if it has no condition and covers the outsider, the actions and the resources.
#[must_use]
pub fn outside_grants<'p>(
    policy: &'p Policy,
    account: &str,
    canonical_id: Option<&str>,
    patterns: &'p [String],
) -> Vec<OutsideGrant<'p>> {
    let mut grants = Vec::new();
    for statement in policy.statements.iter().filter(|statement| statement.effect == Effect::Allow) {
        for outsider in outsiders(statement, account) {
            if matches!(outsider, Outsider::CanonicalUser(id) if canonical_id == Some(id)) {
                continue;
            }
            let granted = |pattern: &&str| {
                let taken_back = |deny: &Statement| takes_back(deny, statement, outsider, account, pattern);
                statement.actions.overlaps(pattern) && !policy.statements.iter().any(taken_back)
            };
            let actions: Vec<_> = patterns.iter().map(String::as_str).filter(granted).collect();
            if !actions.is_empty() {
                grants.push(OutsideGrant { statement, outsider, actions });
            }
        }
    }
    grants
}

fn takes_back(deny: &Statement, grant: &Statement, outsider: Outsider<'_>, account: &str, pattern: &str) -> bool {
    deny.effect == Effect::Deny
        && deny.condition.is_empty()
        && deny.principals.as_ref().is_some_and(|principals| denies(principals, outsider, account))
        && (deny.actions.covers(pattern) || deny.actions.includes(&grant.actions))
        && deny.covers_resources_of(grant)
}

/// Whether a `Deny` for these principals is one for all that the outsider stands for.
fn denies(principals: &Principals, outsider: Outsider<'_>, account: &str) -> bool {
    let mut entries = principals.entries().iter();
    if principals.is_negated() {
        return !entries.any(|entry| self::outsider(entry, account).is_some());
    }
    principals.is_anyone()
        || entries.any(|entry| match outsider {
            Outsider::Account(owner) => entry.is_account() && entry.account() == Some(owner),
            Outsider::CanonicalUser(id) => entry.kind == PrincipalKind::CanonicalUser && entry.id == id,
            Outsider::Anyone | Outsider::AllOthers => false,
        })
}

impl fmt::Display for Outsider<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outsider::Anyone => f.write_str("everyone"),
            Outsider::AllOthers => f.write_str("everyone whom NotPrincipal does not name"),
            Outsider::Account(id) => write!(f, "account {id}"),
            Outsider::CanonicalUser(_) => f.write_str("an account that is named by its canonical id"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const OWN: &str = "111122223333";
    const OBJECTS: &str = "arn:aws:s3:::claims/*";

    fn policy(statements: &Value) -> Policy {
        Policy::from_value(&json!({"Statement": statements})).expect("well formed")
    }

    fn found(statements: &Value) -> Vec<String> {
        let patterns = ["s3:PutBucketPolicy".to_owned(), "s3:DeleteObject*".to_owned()];
        let policy = policy(statements);
        outside_grants(&policy, OWN, Some("5c1f"), &patterns)
            .iter()
            .map(|grant| format!("{} gives {} {}", grant.statement.label(), grant.outsider, grant.actions.join(", ")))
            .collect()
    }

    #[test]
    fn who_is_outside() {
        for (principal, expected) in [
            (json!("*"), vec![Outsider::Anyone]),
            (json!({"AWS": OWN}), vec![]),
            (json!({"AWS": "arn:aws:iam::111122223333:role/x"}), vec![]),
            (json!({"AWS": "arn:aws:iam::444455556666:role/x"}), vec![Outsider::Account("444455556666")]),
            (
                json!({"AWS": [OWN, "444455556666", "arn:aws:iam::777788889999:root"]}),
                vec![Outsider::Account("444455556666"), Outsider::Account("777788889999")],
            ),
            (json!({"AWS": "arn:aws:iam::*:role/x"}), vec![Outsider::Anyone]),
            (json!({"AWS": "AIDAIOSFODNN7EXAMPLE"}), vec![]),
            (json!({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}), vec![]),
            (json!({"Service": "cloudtrail.amazonaws.com", "Federated": "accounts.google.com"}), vec![]),
            (
                json!({"Federated": "arn:aws:iam::444455556666:saml-provider/x"}),
                vec![Outsider::Account("444455556666")],
            ),
            (json!({"CanonicalUser": "5c1f"}), vec![Outsider::CanonicalUser("5c1f")]),
        ] {
            let policy = policy(&json!({"Effect": "Allow", "Principal": principal, "Action": "s3:*"}));
            assert_eq!(outsiders(&policy.statements[0], OWN), expected, "{principal}");
        }
        let policy = policy(&json!({"Effect": "Allow", "NotPrincipal": {"AWS": OWN}, "Action": "s3:*"}));
        assert_eq!(outsiders(&policy.statements[0], OWN), [Outsider::AllOthers]);
    }

    #[test]
    fn grants() {
        for (principal, action, expected) in [
            (json!({"AWS": "444455556666"}), "s3:*", Some("account 444455556666 s3:PutBucketPolicy, s3:DeleteObject*")),
            (json!({"AWS": "444455556666"}), "s3:deleteobjecttagging", Some("account 444455556666 s3:DeleteObject*")),
            (json!({"AWS": "444455556666"}), "*", Some("account 444455556666 s3:PutBucketPolicy, s3:DeleteObject*")),
            (json!({"AWS": "444455556666"}), "s3:GetObject", None),
            (json!("*"), "s3:Delete*", Some("everyone s3:DeleteObject*")),
            (json!({"AWS": OWN}), "s3:*", None),
            (json!({"CanonicalUser": "5c1f"}), "s3:*", None),
            (
                json!({"CanonicalUser": "79a5"}),
                "s3:*",
                Some("an account that is named by its canonical id s3:PutBucketPolicy, s3:DeleteObject*"),
            ),
        ] {
            let statement = json!({"Effect": "Allow", "Principal": principal, "Action": action, "Resource": OBJECTS,
                "Condition": {"StringEquals": {"aws:PrincipalAccount": OWN}}});
            let expected: Vec<_> = expected.iter().map(|text| format!("statement 1 gives {text}")).collect();
            assert_eq!(found(&statement), expected, "{principal} {action}");
        }
    }

    #[test]
    fn each_outsider_of_each_statement_is_named() {
        let statements = json!([
            {"Effect": "Allow", "Principal": {"AWS": ["444455556666", "777788889999"]}, "Action": "s3:PutBucketPolicy"},
            {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:GetObject"},
            {"Effect": "Allow", "Principal": "*", "Action": "s3:DeleteObject"},
        ]);
        let expected = [
            "statement 1 gives account 444455556666 s3:PutBucketPolicy",
            "statement 1 gives account 777788889999 s3:PutBucketPolicy",
            "statement 3 gives everyone s3:DeleteObject*",
        ];
        assert_eq!(found(&statements), expected);
    }

    #[test]
    fn a_deny_beside_the_grant() {
        let grant = json!({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/x"},
            "Action": "s3:DeleteObject", "Resource": OBJECTS});
        for (deny, granted) in [
            (json!({"Principal": "*", "Action": "s3:DeleteObject*", "Resource": OBJECTS}), false),
            (json!({"Principal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": "*"}), false),
            (json!({"NotPrincipal": {"AWS": OWN}, "Action": "s3:DeleteObject", "Resource": OBJECTS}), false),
            (json!({"NotPrincipal": {"AWS": "444455556666"}, "Action": "s3:*", "Resource": OBJECTS}), true),
            (json!({"Principal": {"AWS": "777788889999"}, "Action": "s3:*", "Resource": OBJECTS}), true),
            (
                json!({"Principal": {"AWS": "arn:aws:iam::444455556666:role/y"}, "Action": "s3:*", "Resource": OBJECTS}),
                true,
            ),
            (json!({"Principal": "*", "Action": "s3:DeleteObjectTagging", "Resource": OBJECTS}), true),
            (json!({"Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::claims/old/*"}), true),
            (
                json!({"Principal": "*", "Action": "s3:*", "Resource": OBJECTS,
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
                true,
            ),
        ] {
            let mut deny = deny;
            deny["Effect"] = json!("Deny");
            assert_eq!(!found(&json!([grant, deny])).is_empty(), granted, "{deny}");
        }
    }

    #[test]
    fn a_deny_beside_a_grant_to_a_canonical_user() {
        let grant = json!({"Effect": "Allow", "Principal": {"CanonicalUser": "79a5"}, "Action": "s3:DeleteObject",
            "Resource": OBJECTS});
        for (principal, granted) in [
            (json!({"CanonicalUser": "79a5"}), false),
            (json!({"CanonicalUser": "81b6"}), true),
            (json!({"AWS": "79a5"}), true),
        ] {
            let deny = json!({"Effect": "Deny", "Principal": principal, "Action": "s3:*", "Resource": OBJECTS});
            assert_eq!(!found(&json!([grant, deny])).is_empty(), granted, "{deny}");
        }
    }
}
