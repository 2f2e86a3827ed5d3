//! Rules about Elastic Load Balancing.

mod alb_desync_mode_check;
mod alb_http_drop_invalid_header_enabled;
mod attributes;
mod classic;
mod elb_acm_certificate_required;
mod elb_cross_zone_load_balancing_enabled;
mod elb_deletion_protection_enabled;
mod elb_internal_backend_not_internet_facing;
mod elb_logging_enabled;
mod elb_predefined_security_policy_ssl_check;
mod elb_tls_https_listeners_only;
mod elbv2_listener_redirect_or_tls;
mod elbv2_multiple_az;
mod elbv2_predefined_security_policy_ssl_check;
mod elbv2_target_group_health_check_encrypted;
mod listeners;

use config_rule::Entry;

pub use alb_desync_mode_check::AlbDesyncModeCheck;
pub use alb_http_drop_invalid_header_enabled::AlbHttpDropInvalidHeaderEnabled;
pub use elb_acm_certificate_required::ElbAcmCertificateRequired;
pub use elb_cross_zone_load_balancing_enabled::ElbCrossZoneLoadBalancingEnabled;
pub use elb_deletion_protection_enabled::ElbDeletionProtectionEnabled;
pub use elb_internal_backend_not_internet_facing::ElbInternalBackendNotInternetFacing;
pub use elb_logging_enabled::ElbLoggingEnabled;
pub use elb_predefined_security_policy_ssl_check::ElbPredefinedSecurityPolicySslCheck;
pub use elb_tls_https_listeners_only::ElbTlsHttpsListenersOnly;
pub use elbv2_listener_redirect_or_tls::Elbv2ListenerRedirectOrTls;
pub use elbv2_multiple_az::Elbv2MultipleAz;
pub use elbv2_predefined_security_policy_ssl_check::Elbv2PredefinedSecurityPolicySslCheck;
pub use elbv2_target_group_health_check_encrypted::Elbv2TargetGroupHealthCheckEncrypted;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<AlbDesyncModeCheck>(),
    Entry::item::<AlbHttpDropInvalidHeaderEnabled>(),
    Entry::item::<ElbAcmCertificateRequired>(),
    Entry::item::<ElbCrossZoneLoadBalancingEnabled>(),
    Entry::item::<ElbDeletionProtectionEnabled>(),
    Entry::item::<ElbInternalBackendNotInternetFacing>(),
    Entry::item::<ElbLoggingEnabled>(),
    Entry::item::<ElbPredefinedSecurityPolicySslCheck>(),
    Entry::item::<ElbTlsHttpsListenersOnly>(),
    Entry::item::<Elbv2ListenerRedirectOrTls>(),
    Entry::item::<Elbv2MultipleAz>(),
    Entry::item::<Elbv2PredefinedSecurityPolicySslCheck>(),
    Entry::item::<Elbv2TargetGroupHealthCheckEncrypted>(),
];
