//! Does the policy make an administrator?

use crate::document::Policy;
use crate::resource::Resources;
use crate::statement::{Effect, Statement};

/// The statements that allow every action on every resource.
///
/// As in AWS Config's `IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS` one statement must grant it alone, and a `Condition`
/// does not excuse it. `NotAction` counts only if it excludes no action at all, and `NotResource` only if it excludes
/// no resource: everything *but* something is a wide grant, but not the one that is asked for here.
#[must_use]
pub fn admin_statements(policy: &Policy) -> Vec<&Statement> {
    let is_admin = |statement: &&Statement| {
        statement.effect == Effect::Allow
            && statement.actions.covers_everything()
            && statement.resources.as_ref().is_some_and(Resources::covers_everything)
    };
    policy.statements.iter().filter(is_admin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn admin(statements: &Value) -> Vec<String> {
        let policy = Policy::from_value(&json!({"Statement": statements})).expect("well formed");
        admin_statements(&policy).iter().map(|statement| statement.label().to_string()).collect()
    }

    #[test]
    fn administrators() {
        for statement in [
            json!({"Effect": "Allow", "Action": "*", "Resource": "*"}),
            json!({"Effect": "Allow", "Action": ["ec2:*", "*"], "Resource": ["arn:aws:s3:::x", "*"]}),
            json!({"Effect": "Allow", "Action": "*:*", "Resource": "**"}),
            json!({"Effect": "Allow", "NotAction": [], "Resource": "*"}),
            json!({"Effect": "Allow", "Action": "*", "Resource": "*",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}),
        ] {
            assert_eq!(admin(&statement), ["statement 1"], "{statement}");
        }
    }

    #[test]
    fn others() {
        for statements in [
            json!([]),
            json!({"Effect": "Deny", "Action": "*", "Resource": "*"}),
            json!({"Effect": "Allow", "Action": "iam:*", "Resource": "*"}),
            json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::x"}),
            json!({"Effect": "Allow", "Action": "*", "Resource": []}),
            json!({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::x"}),
            json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
            json!({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "*"}),
            json!([
                {"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
                {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
            ]),
        ] {
            assert!(admin(&statements).is_empty(), "{statements}");
        }
    }

    #[test]
    fn each_statement_is_named() {
        let statements = json!([
            {"Effect": "Deny", "Action": "*", "Resource": "*"},
            {"Sid": "Root", "Effect": "Allow", "Action": "*", "Resource": "*"},
            {"Effect": "Allow", "Action": "*:*", "Resource": "*"},
        ]);
        assert_eq!(admin(&statements), ["statement \"Root\"", "statement 3"]);
    }
}
