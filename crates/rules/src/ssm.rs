//! Rules about AWS Systems Manager.

mod log_shipping_agent_installed;
mod version;

use config_rule::Entry;

pub use log_shipping_agent_installed::LogShippingAgentInstalled;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[Entry::item::<LogShippingAgentInstalled>()];
