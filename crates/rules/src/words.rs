//! Wording that reasons share.

use config_rule::Verdict;
use iam_policy::{Policy, public_statements};

/// A number and what it counts: `1 day`, `2 days`.
pub(crate) fn count(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Compliant if nothing was found, else noncompliant for all that was.
pub(crate) fn all_of(findings: &[String]) -> Verdict {
    if findings.is_empty() { Verdict::Compliant } else { Verdict::non_compliant(findings.join("; ")) }
}

/// Compliant without findings; else noncompliant, with the first and how many more there are of what they are about.
pub(crate) fn first_of(findings: &[String], what: &str) -> Verdict {
    match findings {
        [] => Verdict::Compliant,
        [only] => Verdict::non_compliant(only),
        [first, rest @ ..] => {
            let more = if rest.len() == 1 { what.to_owned() } else { format!("{what}s") };
            Verdict::non_compliant(format!("{first}, and {} more {more}", rest.len()))
        }
    }
}

/// Which statements of a resource's policy let anyone in, if some do.
pub(crate) fn open_to_everyone(policy: &Policy) -> Option<String> {
    let labels: Vec<_> = public_statements(policy).iter().map(|statement| statement.label().to_string()).collect();
    match labels.as_slice() {
        [] => None,
        [only] => Some(format!("{only} allows everyone, and no condition holds it to known principals")),
        [others @ .., last] => Some(format!(
            "{} and {last} allow everyone, and no condition holds them to known principals",
            others.join(", ")
        )),
    }
}
