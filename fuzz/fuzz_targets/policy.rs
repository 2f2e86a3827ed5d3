//! A policy document, encoded in whichever way, and every question that rules ask of one.

#![no_main]

use iam_policy::{
    Policy, admin_statements, denies_unencrypted_puts, every_key_statements, full_access_statements, outside_grants,
    plain_http_gap, public_statements,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let policy = match Policy::parse(text) {
        Ok(policy) => policy,
        Err(error) => {
            let error = error.to_string();
            assert!(!error.is_empty() && error.len() < 1_000, "no message of one line: {error}");
            return;
        }
    };
    let patterns = ["s3:Put*".to_owned(), "*".to_owned()];
    let _ = admin_statements(&policy);
    let _ = full_access_statements(&policy);
    let _ = public_statements(&policy);
    let _ = denies_unencrypted_puts(&policy, "arn:aws:s3:::b");
    let _ = every_key_statements(&policy, &patterns);
    let _ = outside_grants(&policy, "111122223333", None, &patterns);
    if let Some(gap) = plain_http_gap(&policy, "arn:aws:s3:::b") {
        assert!(gap.to_string().chars().count() < 200);
    }
});
