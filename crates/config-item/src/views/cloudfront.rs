//! Amazon CloudFront.

use super::macros::{object, view};

view! {
    /// A distribution.
    pub struct Distribution("AWS::CloudFront::Distribution") {
        configuration {
            /// How the distribution is set up.
            config: DistributionConfig = "distributionConfig",
        }
    }
}

object! {
    /// How a distribution is set up.
    pub struct DistributionConfig at "configuration.distributionConfig" {
        /// Standard logging to a bucket.
        logging: Logging = "logging",
        /// The id (AWS WAF Classic) or ARN (AWS WAF) of the web ACL; empty without one.
        web_acl_id: String = "webACLId",
        /// What viewers see of TLS.
        viewer_certificate: ViewerCertificate = "viewerCertificate",
        /// The object that a request for the root gets; empty without one.
        default_root_object: String = "defaultRootObject",
        /// The behavior of requests that no other behavior matches.
        default_cache_behavior: DefaultCacheBehavior = "defaultCacheBehavior",
        /// The behaviors of requests by path.
        cache_behaviors: CacheBehaviors = "cacheBehaviors",
        /// Where content comes from.
        origins: Origins = "origins",
        /// Origins that stand in for one another.
        origin_groups: OriginGroups = "originGroups",
    }
}

object! {
    /// Standard logging to a bucket.
    pub struct Logging at "configuration.distributionConfig.logging" {
        /// Whether requests are logged.
        enabled: bool = "enabled",
        /// The bucket by its domain name: `logs.s3.amazonaws.com`.
        bucket: String = "bucket",
    }
}

object! {
    /// What viewers see of TLS.
    pub struct ViewerCertificate at "configuration.distributionConfig.viewerCertificate" {
        /// Whether the certificate is CloudFront's, for `*.cloudfront.net`.
        is_default: bool = "cloudFrontDefaultCertificate",
        /// The certificate, where it is one of ACM.
        acm_certificate: String = "acmCertificateArn",
        /// The certificate, where it is one of IAM.
        iam_certificate: String = "iamCertificateId",
        /// The security policy: `TLSv1`, `TLSv1.1_2016`, `TLSv1.2_2021`, ….
        minimum_protocol_version: String = "minimumProtocolVersion",
        /// `sni-only`, `vip` (addresses of its own) or `static-ip`.
        ssl_support_method: String = "sslSupportMethod",
    }
}

object! {
    /// How requests are answered that no other behavior matches.
    pub struct DefaultCacheBehavior at "configuration.distributionConfig.defaultCacheBehavior" {
        /// `allow-all`, `https-only` or `redirect-to-https`.
        viewer_protocol_policy: String = "viewerProtocolPolicy",
    }
}

object! {
    /// The behaviors besides the default one.
    pub struct CacheBehaviors at "configuration.distributionConfig.cacheBehaviors" {
        /// The behaviors; absent where there are none.
        items: Vec<CacheBehavior> = "items",
    }
}

object! {
    /// How requests for some paths are answered.
    pub struct CacheBehavior at "configuration.distributionConfig.cacheBehaviors.items" {
        /// The paths: `/forms/*`.
        path_pattern: String = "pathPattern",
        /// `allow-all`, `https-only` or `redirect-to-https`.
        viewer_protocol_policy: String = "viewerProtocolPolicy",
    }
}

object! {
    /// Where content comes from.
    pub struct Origins at "configuration.distributionConfig.origins" {
        /// The origins, of which there is at least one.
        items: Vec<Origin> = "items",
    }
}

object! {
    /// A place that content comes from.
    pub struct Origin at "configuration.distributionConfig.origins.items" {
        /// The origin's name in the distribution.
        id: String = "id",
        /// The host that CloudFront asks.
        domain_name: String = "domainName",
        /// Set for a bucket.
        s3: S3Origin = "s3OriginConfig",
        /// Set for an HTTP server, a bucket's website included.
        custom: CustomOrigin = "customOriginConfig",
        /// The origin access control; empty without one.
        access_control: String = "originAccessControlId",
        /// When requests are signed with the origin access control: `always`, `no-override` or `never`.
        signing: String = "oacSigningBehavior",
    }
}

object! {
    /// How CloudFront asks a bucket.
    pub struct S3Origin at "configuration.distributionConfig.origins.items.s3OriginConfig" {
        /// The origin access identity; empty without one.
        access_identity: String = "originAccessIdentity",
    }
}

object! {
    /// How CloudFront asks an HTTP server.
    pub struct CustomOrigin at "configuration.distributionConfig.origins.items.customOriginConfig" {
        /// `http-only`, `https-only` or `match-viewer`.
        protocol_policy: String = "originProtocolPolicy",
        /// The versions of SSL and TLS that CloudFront may speak with the server.
        ssl_protocols: SslProtocols = "originSslProtocols",
    }
}

object! {
    /// Versions of SSL and TLS.
    pub struct SslProtocols at "configuration.distributionConfig.origins.items.customOriginConfig.originSslProtocols" {
        /// The versions: `SSLv3`, `TLSv1`, `TLSv1.1`, `TLSv1.2`.
        items: Vec<String> = "items",
    }
}

object! {
    /// Origins that stand in for one another.
    pub struct OriginGroups at "configuration.distributionConfig.originGroups" {
        /// How many groups there are.
        quantity: i64 = "quantity",
        /// The groups; absent where there are none.
        items: Vec<OriginGroup> = "items",
    }
}

object! {
    /// A group of origins that stand in for one another.
    pub struct OriginGroup at "configuration.distributionConfig.originGroups.items" {
        /// The origins of the group.
        members: OriginGroupMembers = "members",
    }
}

object! {
    /// The origins of a group.
    pub struct OriginGroupMembers at "configuration.distributionConfig.originGroups.items.members" {
        /// How many there are.
        quantity: i64 = "quantity",
    }
}
