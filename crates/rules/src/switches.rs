//! Settings that are on or off.

use config_rule::Verdict;

/// The verdict on a setting that must be on.
pub(crate) fn must_be_on(what: &str, setting: Option<bool>) -> Verdict {
    match setting {
        Some(true) => Verdict::Compliant,
        Some(false) => Verdict::non_compliant(format!("{what} is off")),
        None => Verdict::non_compliant(format!("the item does not say whether {what} is on")),
    }
}
