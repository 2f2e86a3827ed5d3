//! Does the policy grant actions on every KMS key?

use crate::document::Policy;
use crate::pattern::Pattern;
use crate::resource::Resources;
use crate::selection::Selection;
use crate::statement::{Effect, Statement};

/// The statements that allow an action of one of the patterns on every KMS key, and which patterns these are.
///
/// Every key of one account and region is every key too. As in AWS Config's `IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS` a
/// condition does not excuse a grant. A `Deny` takes it back if it has no condition and covers the actions and resources.
#[must_use]
pub fn every_key_statements<'p>(policy: &'p Policy, patterns: &'p [String]) -> Vec<(&'p Statement, Vec<&'p str>)> {
    policy
        .statements
        .iter()
        .filter(|statement| {
            statement.effect == Effect::Allow && statement.resources.as_ref().is_some_and(reach_every_key)
        })
        .map(|statement| {
            let granted = |pattern: &&str| {
                let taken_back = |deny: &Statement| {
                    deny.effect == Effect::Deny
                        && deny.condition.is_empty()
                        && (deny.actions.covers(pattern) || deny.actions.includes(&statement.actions))
                        && deny.covers_resources_of(statement)
                };
                statement.actions.overlaps(pattern) && !policy.statements.iter().any(taken_back)
            };
            (statement, patterns.iter().map(String::as_str).filter(granted).collect::<Vec<_>>())
        })
        .filter(|(_, granted)| !granted.is_empty())
        .collect()
}

/// Whether the resources are, or are more than, the keys of some account and region. `NotResource` picks all keys but
/// few, unless it leaves out all of them.
fn reach_every_key(resources: &Resources) -> bool {
    match resources.selection() {
        Selection::Only(list) => list.iter().any(is_every_key),
        Selection::AllExcept(list) => !list.iter().any(is_every_key),
    }
}

/// Whether an entry is a pattern of KMS keys, or of more, that accepts every key id.
fn is_every_key(entry: &Pattern) -> bool {
    let mut rest = entry.clone();
    for part in 0..5 {
        let Some((head, tail)) = rest.split_at_literal(':') else {
            // What is missing of the ARN must be the last wildcard's.
            return rest.is_open_ended() && (part != SERVICE || rest.overlaps(&Pattern::new("kms:?*")));
        };
        if part == SERVICE && !head.overlaps(&Pattern::new("kms")) {
            return false;
        }
        rest = tail;
    }
    rest.covers(&Pattern::new("key/?*"))
}

/// The place of the service among the parts of an ARN.
const SERVICE: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn found(statements: &Value) -> Vec<String> {
        let policy = Policy::from_value(&json!({"Statement": statements})).expect("well formed");
        let patterns = ["kms:Decrypt".to_owned(), "kms:ReEncrypt*".to_owned()];
        every_key_statements(&policy, &patterns)
            .into_iter()
            .map(|(statement, actions)| format!("{} {}", statement.label(), actions.join(", ")))
            .collect()
    }

    #[test]
    fn resources() {
        for (resource, every) in [
            (json!("*"), true),
            (json!("arn:aws:kms:us-east-1:111122223333:key/*"), true),
            (json!("arn:aws:kms:*:111122223333:key/*"), true),
            (json!("arn:aws:kms:*:*:*"), true),
            (json!("arn:aws:kms:us-east-1:111122223333:*"), true),
            (json!("arn:aws:kms:us-east-1:*"), true),
            (json!("arn:aws:kms*"), true),
            (json!("arn:*:kms:*:*:key/?*"), true),
            (json!("arn:*"), true),
            (json!(["arn:aws:s3:::x", "arn:aws:kms:*:*:key/*"]), true),
            (json!("arn:aws:kms:us-east-1:111122223333:key/7c1e9a40-3f52-4b0e-9d61-52a8b04e6f13"), false),
            (json!("arn:aws:kms:us-east-1:111122223333:key/7c1e*"), false),
            (json!("arn:aws:kms:us-east-1:111122223333:key/mrk-*"), false),
            (json!("arn:aws:kms:us-east-1:111122223333:alias/*"), false),
            (json!("arn:aws:s3:::*"), false),
            (json!("arn:aws:s3*"), false),
            (json!("arn:aws:kms:us-east-1:111122223333:key"), false),
            (json!([]), false),
        ] {
            let allow = json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": resource});
            assert_eq!(!found(&allow).is_empty(), every, "{resource}");
        }
        for (resource, every) in [
            (json!("arn:aws:s3:::x/*"), true),
            (json!("arn:aws:kms:us-east-1:111122223333:key/7c1e9a40-3f52-4b0e-9d61-52a8b04e6f13"), true),
            (json!("arn:aws:kms:*:*:key/*"), false),
            (json!("*"), false),
        ] {
            let allow = json!({"Effect": "Allow", "Action": "kms:Decrypt", "NotResource": resource});
            assert_eq!(!found(&allow).is_empty(), every, "all but {resource}");
        }
    }

    #[test]
    fn actions() {
        for (element, action, expected) in [
            ("Action", json!("kms:Decrypt"), Some("kms:Decrypt")),
            ("Action", json!("kms:*"), Some("kms:Decrypt, kms:ReEncrypt*")),
            ("Action", json!("*"), Some("kms:Decrypt, kms:ReEncrypt*")),
            ("Action", json!(["kms:Encrypt", "KMS:ReEncryptFrom"]), Some("kms:ReEncrypt*")),
            ("NotAction", json!("iam:*"), Some("kms:Decrypt, kms:ReEncrypt*")),
            ("NotAction", json!("kms:Decrypt"), Some("kms:ReEncrypt*")),
            ("Action", json!(["kms:Encrypt", "kms:Describe*"]), None),
            ("NotAction", json!("kms:*"), None),
        ] {
            let allow = json!({"Sid": "X", "Effect": "Allow", element: action, "Resource": "*",
                "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}});
            let expected: Vec<_> = expected.iter().map(|actions| format!("statement \"X\" {actions}")).collect();
            assert_eq!(found(&allow), expected, "{element} {action}");
        }
    }

    #[test]
    fn each_statement_is_named() {
        let statements = json!([
            {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"},
            {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"},
            {"Effect": "Allow", "Action": "kms:ReEncryptTo", "Resource": "*"},
        ]);
        assert_eq!(found(&statements), ["statement 1 kms:Decrypt", "statement 3 kms:ReEncrypt*"]);
    }

    #[test]
    fn a_deny_beside_the_grant() {
        let allow = json!({"Effect": "Allow", "Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": "*"});
        for (deny, granted) in [
            (json!({"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*"}), false),
            (json!({"Effect": "Deny", "Action": "kms:*", "Resource": "arn:aws:kms:*:*:key/*"}), true),
            (json!({"Effect": "Deny", "Action": "kms:Encrypt", "Resource": "*"}), true),
            (
                json!({"Effect": "Deny", "Action": "kms:*", "Resource": "*",
                    "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}),
                true,
            ),
        ] {
            assert_eq!(!found(&json!([allow, deny])).is_empty(), granted, "{deny}");
        }
    }
}
