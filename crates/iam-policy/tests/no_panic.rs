//! Whatever a configuration item holds in place of a policy, reading it ends in a policy or in an error.

use iam_policy::{
    Policy, admin_statements, denies_unencrypted_puts, every_key_statements, full_access_statements, outside_grants,
    plain_http_gap, public_statements,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Values that often look like parts of a policy.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        Just("*".to_owned()),
        Just("Allow".to_owned()),
        Just("Deny".to_owned()),
        Just("false".to_owned()),
        Just("${aws:username".to_owned()),
        any::<String>(),
    ];
    let key = prop_oneof![
        Just("Statement".to_owned()),
        Just("Effect".to_owned()),
        Just("Action".to_owned()),
        Just("NotAction".to_owned()),
        Just("Resource".to_owned()),
        Just("NotResource".to_owned()),
        Just("Principal".to_owned()),
        Just("AWS".to_owned()),
        Just("Condition".to_owned()),
        Just("Bool".to_owned()),
        Just("aws:SecureTransport".to_owned()),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..5)
                .prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    })
}

/// Statements that are mostly well formed, so that the questions are reached.
fn statement() -> impl Strategy<Value = Value> {
    let effect = prop_oneof![Just("Allow"), Just("Deny")];
    let patterns = prop::collection::vec("[a-z0-9:/*?${}]{0,12}", 0..3);
    (effect, patterns.clone(), patterns, any::<bool>(), value()).prop_map(
        |(effect, actions, resources, negated, condition)| {
            let (action, resource) = if negated { ("NotAction", "NotResource") } else { ("Action", "Resource") };
            json!({
                "Effect": effect,
                "Principal": "*",
                action: actions,
                resource: resources,
                "Condition": {"Bool": {"aws:SecureTransport": condition}},
            })
        },
    )
}

fn ask(policy: &Policy) {
    let _ = admin_statements(policy);
    let _ = full_access_statements(policy);
    let _ = public_statements(policy);
    let _ = denies_unencrypted_puts(policy, "arn:aws:s3:::b");
    let patterns = ["s3:Put*".to_owned(), "*".to_owned()];
    let _ = every_key_statements(policy, &patterns);
    let _ = outside_grants(policy, "111122223333", None, &patterns);
    if let Some(gap) = plain_http_gap(policy, "arn:aws:s3:::b") {
        assert!(gap.to_string().chars().count() < 200);
    }
}

proptest! {
    #[test]
    fn any_text(text in any::<String>()) {
        let _ = Policy::parse(&text);
    }

    #[test]
    fn any_encoded_text(text in r#"[%{\["\\ ]{0,3}([0-9a-fA-F%]|\\"|\PC){0,20}"#) {
        let _ = Policy::parse(&text);
    }

    #[test]
    fn any_value(value in value()) {
        if let Ok(policy) = Policy::from_value(&value) {
            ask(&policy);
        }
    }

    #[test]
    fn any_statements(statements in prop::collection::vec(prop_oneof![statement(), value()], 0..4)) {
        if let Ok(policy) = Policy::from_value(&json!({"Statement": statements})) {
            ask(&policy);
        }
    }
}

#[test]
fn deep_nesting_is_an_error() {
    for text in ["[".repeat(1_000_000), r#"{"Statement":"#.repeat(200_000)] {
        Policy::parse(&text).expect_err("too deep");
        Policy::from_value(&json!(text)).expect_err("too deep");
    }
}
