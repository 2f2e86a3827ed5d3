//! Does the policy grant a whole service?

use crate::document::Policy;
use crate::statement::{Effect, Statement};

/// The statements that allow every action of a service: `s3:*`, or `*`.
///
/// As in AWS Config's `IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS` neither the resources nor a condition excuse it, and
/// `s3:Get*` is not meant. `NotAction` allows all services but those that it names.
#[must_use]
pub fn full_access_statements(policy: &Policy) -> Vec<&Statement> {
    let is_full = |statement: &&Statement| statement.effect == Effect::Allow && statement.actions.covers_some_service();
    policy.statements.iter().filter(is_full).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn full(statements: &Value) -> Vec<String> {
        let policy = Policy::from_value(&json!({"Statement": statements})).expect("well formed");
        full_access_statements(&policy).iter().map(|statement| statement.label().to_string()).collect()
    }

    #[test]
    fn grants_of_services() {
        for (statements, expected) in [
            (json!({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::x"}), &["statement 1"][..]),
            (json!({"Effect": "Allow", "Action": "*", "Resource": "*"}), &["statement 1"]),
            (json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}), &["statement 1"]),
            (
                json!([
                    {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
                    {"Sid": "Queue", "Effect": "Allow", "Action": ["s3:Get*", "SQS:*"], "Resource": "*",
                        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
                ]),
                &["statement \"Queue\""],
            ),
            (
                json!([
                    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                    {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"},
                ]),
                &["statement 1", "statement 2"],
            ),
            (json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*"}), &[]),
            (json!({"Effect": "Allow", "Action": ["s3:Get*", "ec2:Describe*"], "Resource": "*"}), &[]),
            (json!({"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}), &[]),
            (json!([]), &[]),
        ] {
            assert_eq!(full(&statements), expected, "{statements}");
        }
    }
}
