//! Wording that reasons share.

use config_rule::Verdict;

/// A number and what it counts: `1 day`, `2 days`.
pub(crate) fn count(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Compliant if nothing was found, else noncompliant for all that was.
pub(crate) fn sum_up(findings: &[String]) -> Verdict {
    if findings.is_empty() { Verdict::Compliant } else { Verdict::non_compliant(findings.join("; ")) }
}
