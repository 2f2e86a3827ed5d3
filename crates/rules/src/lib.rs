//! Every rule of Vitals: one file each, by service. Pure: no network, no clock, no environment, no AWS SDK.

pub mod acm;
pub mod config;
pub mod ebs;
pub mod iam;
pub mod rds;
pub mod s3;
pub mod vpc;
mod words;

use config_rule::Entry;

/// The registry, a slice a service.
const SERVICES: &[&[Entry]] = &[acm::RULES, config::RULES, ebs::RULES, iam::RULES, rds::RULES, s3::RULES, vpc::RULES];

/// Every rule, by service and then by id.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    SERVICES.iter().copied().flatten()
}

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.metadata.id == id)
}
