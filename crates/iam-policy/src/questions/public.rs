//! Does the policy of a resource make the resource public?

use crate::document::Policy;
use crate::narrowing::{admits_only_fixed, spares_only_fixed};
use crate::principal::Principals;
use crate::statement::{Effect, Statement};

/// The statements that let anyone in.
///
/// Each allows a principal with a wildcard, or everybody whom `NotPrincipal` doesn't name, and its condition doesn't hold
/// the grant to fixed principals: those of an account, an organization, a VPC, a range of addresses. Whatever it allows
/// counts, for even a list of names tells a stranger something.
///
/// A `Deny` takes such a grant back only where it surely does: it covers all actions and resources of the grant and
/// spares nobody but fixed principals.
#[must_use]
pub fn public_statements(policy: &Policy) -> Vec<&Statement> {
    let is_public = |statement: &&Statement| {
        statement.effect == Effect::Allow
            && statement.principals.as_ref().is_some_and(Principals::reaches_anyone)
            && !admits_only_fixed(&statement.condition)
            && !policy.statements.iter().any(|deny| takes_back(deny, statement))
    };
    policy.statements.iter().filter(is_public).collect()
}

fn takes_back(deny: &Statement, grant: &Statement) -> bool {
    deny.effect == Effect::Deny
        && deny.principals.as_ref().is_some_and(Principals::leaves_out_only_named)
        && spares_only_fixed(&deny.condition)
        && deny.actions.includes(&grant.actions)
        && deny.covers_resources_of(grant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:claims";

    /// A grant to everyone with some elements replaced; `null` takes one out.
    fn allow(changes: &Value) -> Value {
        let mut statement =
            json!({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sns:Publish", "Resource": TOPIC});
        let object = statement.as_object_mut().expect("an object");
        for (element, value) in changes.as_object().expect("an object") {
            match value {
                Value::Null => object.remove(element),
                value => object.insert(element.clone(), value.clone()),
            };
        }
        statement
    }

    fn public(statements: &Value) -> Vec<String> {
        let policy = Policy::from_value(&json!({"Statement": statements})).expect("well formed");
        public_statements(&policy).iter().map(|statement| statement.label().to_string()).collect()
    }

    #[test]
    fn one_grant() {
        for (changes, expected) in [
            (json!({}), true),
            (json!({"Principal": "*"}), true),
            (json!({"Principal": {"AWS": ["111122223333", "*"]}}), true),
            (json!({"Principal": {"AWS": "arn:aws:iam::*:root"}}), true),
            (json!({"Principal": null, "NotPrincipal": {"AWS": "111122223333"}}), true),
            (json!({"Action": null, "NotAction": "sns:DeleteTopic"}), true),
            (json!({"Action": "sns:GetTopicAttributes"}), true),
            (json!({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}), true),
            (json!({"Condition": {"StringNotEquals": {"aws:SourceAccount": "444455556666"}}}), true),
            (json!({"Effect": "Deny"}), false),
            (json!({"Principal": {"AWS": "444455556666"}}), false),
            (json!({"Principal": {"Service": "events.amazonaws.com"}}), false),
            (json!({"Principal": null}), false),
            (json!({"Condition": {"StringEquals": {"AWS:SourceOwner": "111122223333"}}}), false),
            (
                json!({
                    "Principal": null,
                    "NotPrincipal": {"AWS": "111122223333"},
                    "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
                }),
                false,
            ),
        ] {
            let statement = allow(&changes);
            assert_eq!(!public(&statement).is_empty(), expected, "{statement}");
        }
    }

    #[test]
    fn a_deny_beside_the_grant() {
        let outside = json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}});
        for (changes, still_public) in [
            (json!({}), false),
            (json!({"Condition": outside}), false),
            (json!({"Action": "SNS:*", "Resource": "*"}), false),
            (json!({"Principal": null, "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/x"}}), false),
            (json!({"Resource": null}), false),
            (json!({"Action": null, "NotAction": "sns:Subscribe"}), false),
            (json!({"Action": "sns:Subscribe"}), true),
            (json!({"Action": null, "NotAction": "sns:Publish"}), true),
            (json!({"Resource": "arn:aws:sns:us-east-1:111122223333:other"}), true),
            (json!({"Principal": {"AWS": "444455556666"}}), true),
            (json!({"Principal": null, "NotPrincipal": {"AWS": "*"}}), true),
            (json!({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}), true),
        ] {
            let mut deny = allow(&changes);
            deny["Effect"] = json!("Deny");
            assert_eq!(!public(&json!([allow(&json!({})), deny])).is_empty(), still_public, "{deny}");
        }
    }

    #[test]
    fn all_that_the_grant_allows_must_be_denied() {
        let deny = allow(&json!({"Effect": "Deny"}));
        for changes in [
            json!({"Action": ["sns:Publish", "sns:Subscribe"]}),
            json!({"Action": null, "NotAction": "sns:DeleteTopic"}),
            json!({"Resource": [TOPIC, "arn:aws:sns:us-east-1:111122223333:other"]}),
        ] {
            assert!(!public(&json!([deny, allow(&changes)])).is_empty(), "{changes}");
        }
    }

    #[test]
    fn each_statement_is_named() {
        let owner = json!({"Condition": {"StringEquals": {"aws:SourceOwner": "111122223333"}}});
        let statements = json!([allow(&owner), allow(&json!({"Sid": "Open"})), allow(&json!({}))]);
        assert_eq!(public(&statements), ["statement \"Open\"", "statement 3"]);
    }
}
