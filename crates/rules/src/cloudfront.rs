//! Rules about Amazon CloudFront.

mod behaviors;
mod cloudfront_accesslogs_enabled;
mod cloudfront_associated_with_waf;
mod cloudfront_custom_ssl_certificate;
mod cloudfront_default_root_object_configured;
mod cloudfront_no_deprecated_ssl_protocols;
mod cloudfront_origin_access_identity_enabled;
mod cloudfront_origin_failover_enabled;
mod cloudfront_s3_origin_access_control_enabled;
mod cloudfront_security_policy_check;
mod cloudfront_sni_enabled;
mod cloudfront_traffic_to_origin_encrypted;
mod cloudfront_viewer_policy_https;
mod origins;

use config_rule::Entry;

pub use cloudfront_accesslogs_enabled::CloudfrontAccesslogsEnabled;
pub use cloudfront_associated_with_waf::CloudfrontAssociatedWithWaf;
pub use cloudfront_custom_ssl_certificate::CloudfrontCustomSslCertificate;
pub use cloudfront_default_root_object_configured::CloudfrontDefaultRootObjectConfigured;
pub use cloudfront_no_deprecated_ssl_protocols::CloudfrontNoDeprecatedSslProtocols;
pub use cloudfront_origin_access_identity_enabled::CloudfrontOriginAccessIdentityEnabled;
pub use cloudfront_origin_failover_enabled::CloudfrontOriginFailoverEnabled;
pub use cloudfront_s3_origin_access_control_enabled::CloudfrontS3OriginAccessControlEnabled;
pub use cloudfront_security_policy_check::CloudfrontSecurityPolicyCheck;
pub use cloudfront_sni_enabled::CloudfrontSniEnabled;
pub use cloudfront_traffic_to_origin_encrypted::CloudfrontTrafficToOriginEncrypted;
pub use cloudfront_viewer_policy_https::CloudfrontViewerPolicyHttps;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<CloudfrontAccesslogsEnabled>(),
    Entry::item::<CloudfrontAssociatedWithWaf>(),
    Entry::item::<CloudfrontCustomSslCertificate>(),
    Entry::item::<CloudfrontDefaultRootObjectConfigured>(),
    Entry::item::<CloudfrontNoDeprecatedSslProtocols>(),
    Entry::item::<CloudfrontOriginAccessIdentityEnabled>(),
    Entry::item::<CloudfrontOriginFailoverEnabled>(),
    Entry::item::<CloudfrontS3OriginAccessControlEnabled>(),
    Entry::item::<CloudfrontSecurityPolicyCheck>(),
    Entry::item::<CloudfrontSniEnabled>(),
    Entry::item::<CloudfrontTrafficToOriginEncrypted>(),
    Entry::item::<CloudfrontViewerPolicyHttps>(),
];
