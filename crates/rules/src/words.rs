//! Wording that reasons share.

/// A number and what it counts: `1 day`, `2 days`.
pub(crate) fn count(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
