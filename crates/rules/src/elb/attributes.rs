//! The attributes of application, network and gateway load balancers.

use config_item::views::elb::LoadBalancer;
use config_rule::{CannotJudge, Verdict};

/// The value of an attribute, where the item has one.
pub(super) fn attribute<'a>(balancer: &'a LoadBalancer, key: &str) -> Result<Option<&'a str>, CannotJudge> {
    for attribute in balancer.attributes()?.unwrap_or_default() {
        if attribute.key()? == Some(key) {
            return Ok(attribute.value()?);
        }
    }
    Ok(None)
}

/// Why the switch `key` isn't on, where it isn't.
pub(super) fn not_on(balancer: &LoadBalancer, key: &str) -> Result<Option<String>, CannotJudge> {
    Ok(match attribute(balancer, key)? {
        Some(value) if value.eq_ignore_ascii_case("true") => None,
        Some(value) => Some(format!("the attribute {key} is {value}, not true")),
        None => Some(format!("the item does not list the attribute {key}")),
    })
}

/// The verdict on a load balancer that is none for applications; one that doesn't say its type is read as one.
pub(super) fn not_an_application_one(balancer: &LoadBalancer) -> Result<Option<Verdict>, CannotJudge> {
    Ok(match balancer.kind()? {
        Some(kind) if !kind.eq_ignore_ascii_case("application") => {
            Some(Verdict::not_applicable(format!("it is a {kind} load balancer, not an application load balancer")))
        }
        _ => None,
    })
}
