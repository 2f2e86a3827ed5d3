//! Names that must not be left as everyone knows them.

use config_rule::Verdict;

/// The verdict on a name: it must be none of the service's defaults and, where a list of accepted names is given, be in
/// that list. Listing a default never makes it acceptable.
pub(crate) fn own_name(what: &str, name: Option<&str>, defaults: &[&str], accepted: Option<&[String]>) -> Verdict {
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return Verdict::non_compliant(format!("the item does not give the {what}"));
    };
    if defaults.iter().any(|default| name.eq_ignore_ascii_case(default)) {
        return Verdict::non_compliant(format!("the {what} is {name}, a default that everyone knows"));
    }
    match accepted {
        Some(accepted) if !accepted.iter().any(|accepted| accepted == name) => {
            Verdict::non_compliant(format!("the {what} is {name}, not one of the accepted: {}", accepted.join(", ")))
        }
        _ => Verdict::Compliant,
    }
}
