//! Does the policy of a bucket deny uploads that ask for no encryption?

use crate::document::Policy;
use crate::pattern::Pattern;
use crate::principal::Principals;
use crate::request::Request;
use crate::statement::Effect;
use crate::truth::Truth;

/// Whether one statement denies everyone `PutObject`, on every object of the bucket, where the request does not ask for
/// server-side encryption.
#[must_use]
pub fn denies_unencrypted_puts(policy: &Policy, bucket_arn: &str) -> bool {
    let request = Request::new().without("s3:x-amz-server-side-encryption");
    let objects = Pattern::new(&format!("{bucket_arn}/?*"));
    policy.statements.iter().any(|statement| {
        statement.effect == Effect::Deny
            && statement.principals.as_ref().is_some_and(Principals::is_anyone)
            && statement.actions.matches("s3:PutObject")
            && statement.resources.as_ref().is_some_and(|resources| resources.covers(&objects))
            && statement.condition.holds(&request) == Truth::Always
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const KEY: &str = "s3:x-amz-server-side-encryption";

    fn denied(changes: &Value) -> bool {
        let mut statement = json!({"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",
            "Resource": "arn:aws:s3:::b/*", "Condition": {"Null": {KEY: "true"}}});
        for (element, value) in changes.as_object().expect("an object") {
            statement[element] = value.clone();
        }
        let policy = Policy::from_value(&json!({"Statement": statement})).expect("well formed");
        denies_unencrypted_puts(&policy, "arn:aws:s3:::b")
    }

    #[test]
    fn denials() {
        for (changes, expected) in [
            (json!({}), true),
            (json!({"Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": "*"}), true),
            (json!({"Condition": {"StringNotEquals": {KEY: "aws:kms"}}}), true),
            (json!({"Condition": {"StringNotEqualsIfExists": {KEY: ["AES256", "aws:kms"]}}}), true),
            (json!({"Condition": {}}), true),
            (json!({"Effect": "Allow"}), false),
            (json!({"Principal": {"AWS": "111122223333"}}), false),
            (json!({"Action": "s3:DeleteObject"}), false),
            (json!({"Resource": "arn:aws:s3:::b/phi/*"}), false),
            (json!({"Condition": {"StringEquals": {KEY: "aws:kms"}}}), false),
            (json!({"Condition": {"Null": {KEY: "false"}}}), false),
            (json!({"Condition": {"Bool": {"aws:SecureTransport": "false"}}}), false),
            (json!({"Condition": {"Null": {KEY: "true", "aws:SourceVpce": "true"}}}), false),
        ] {
            assert_eq!(denied(&changes), expected, "{changes}");
        }
    }
}
