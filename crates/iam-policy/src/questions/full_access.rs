//! Does the policy grant a whole service?

use crate::document::Policy;
use crate::statement::{Effect, Statement};

/// The first statement that allows every action of a service: `s3:*`, or `*`.
///
/// As in AWS Config's `IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS` neither the resources nor a condition excuse it, and
/// `s3:Get*` is not meant. `NotAction` allows all services but those that it names.
#[must_use]
pub fn full_access_statement(policy: &Policy) -> Option<&Statement> {
    policy
        .statements
        .iter()
        .find(|statement| statement.effect == Effect::Allow && statement.actions.covers_some_service())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn full(statements: &Value) -> Option<String> {
        let policy = Policy::from_value(&json!({"Statement": statements})).expect("well formed");
        full_access_statement(&policy).map(|statement| statement.label().to_string())
    }

    #[test]
    fn grants_of_services() {
        for (statements, expected) in [
            (json!({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::x"}), Some("statement 1")),
            (json!({"Effect": "Allow", "Action": "*", "Resource": "*"}), Some("statement 1")),
            (json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}), Some("statement 1")),
            (
                json!([
                    {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
                    {"Sid": "Queue", "Effect": "Allow", "Action": ["s3:Get*", "SQS:*"], "Resource": "*",
                        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
                ]),
                Some("statement \"Queue\""),
            ),
            (json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*"}), None),
            (json!({"Effect": "Allow", "Action": ["s3:Get*", "ec2:Describe*"], "Resource": "*"}), None),
            (json!({"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}), None),
            (json!([]), None),
        ] {
            assert_eq!(full(&statements).as_deref(), expected, "{statements}");
        }
    }
}
