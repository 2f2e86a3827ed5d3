//! Rules about Amazon API Gateway.

mod api_gw_associated_with_waf;
mod api_gw_cache_enabled_and_encrypted;
mod api_gw_execution_logging_enabled;
mod api_gw_ssl_enabled;

use config_rule::Entry;

pub use api_gw_associated_with_waf::ApiGwAssociatedWithWaf;
pub use api_gw_cache_enabled_and_encrypted::ApiGwCacheEnabledAndEncrypted;
pub use api_gw_execution_logging_enabled::ApiGwExecutionLoggingEnabled;
pub use api_gw_ssl_enabled::ApiGwSslEnabled;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<ApiGwAssociatedWithWaf>(),
    Entry::item::<ApiGwCacheEnabledAndEncrypted>(),
    Entry::item::<ApiGwExecutionLoggingEnabled>(),
    Entry::item::<ApiGwSslEnabled>(),
];
