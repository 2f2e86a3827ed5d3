//! Amazon OpenSearch Service.

use super::macros::{object, view};
use crate::Document;

view! {
    /// A domain.
    pub struct Domain("AWS::OpenSearch::Domain") {
        configuration {
            /// The engine and its version: `OpenSearch_2.13`, `Elasticsearch_7.10`.
            engine_version: String = "EngineVersion",
            /// The nodes.
            cluster_config: ClusterConfig = "ClusterConfig",
            /// Encryption of what the nodes store.
            encryption_at_rest: EncryptionAtRest = "EncryptionAtRestOptions",
            /// Encryption of what the nodes tell each other.
            node_to_node_encryption: NodeToNodeEncryption = "NodeToNodeEncryptionOptions",
            /// How the endpoint is reached.
            domain_endpoint: DomainEndpoint = "DomainEndpointOptions",
            /// Fine-grained access control.
            advanced_security: AdvancedSecurity = "AdvancedSecurityOptions",
            /// The logs sent to CloudWatch Logs; empty where none is.
            log_publishing: LogPublishing = "LogPublishingOptions",
            /// Who may send requests to the domain; empty where only identities' own policies say so.
            access_policies: Document = "AccessPolicies",
            /// The network that the domain is in; absent for a public endpoint.
            vpc: Vpc = "VPCOptions",
        }
    }
}

object! {
    /// The nodes of a domain.
    pub struct ClusterConfig at "configuration.ClusterConfig" {
        /// How many data nodes there are.
        instance_count: i64 = "InstanceCount",
        /// Whether nodes and copies of the data are spread over zones.
        zone_awareness_enabled: bool = "ZoneAwarenessEnabled",
    }
}

object! {
    /// Encryption of what the nodes store.
    pub struct EncryptionAtRest at "configuration.EncryptionAtRestOptions" {
        /// Whether it is on.
        enabled: bool = "Enabled",
        /// The KMS key, by ARN or by id.
        kms_key_id: String = "KmsKeyId",
    }
}

object! {
    /// Encryption of what the nodes tell each other.
    pub struct NodeToNodeEncryption at "configuration.NodeToNodeEncryptionOptions" {
        /// Whether it is on.
        enabled: bool = "Enabled",
    }
}

object! {
    /// How the endpoint of a domain is reached.
    pub struct DomainEndpoint at "configuration.DomainEndpointOptions" {
        /// Whether plain HTTP is refused.
        enforce_https: bool = "EnforceHTTPS",
        /// The TLS versions and ciphers offered, by name.
        tls_security_policy: String = "TLSSecurityPolicy",
    }
}

object! {
    /// Fine-grained access control.
    pub struct AdvancedSecurity at "configuration.AdvancedSecurityOptions" {
        /// Whether it is on.
        enabled: bool = "Enabled",
    }
}

object! {
    /// The logs sent to CloudWatch Logs, by kind.
    pub struct LogPublishing at "configuration.LogPublishingOptions" {
        /// Slow searches.
        search_slow_logs: LogPublishingOption = "SEARCH_SLOW_LOGS",
        /// Slow indexing.
        index_slow_logs: LogPublishingOption = "INDEX_SLOW_LOGS",
        /// Errors and warnings.
        es_application_logs: LogPublishingOption = "ES_APPLICATION_LOGS",
        /// Who did what.
        audit_logs: LogPublishingOption = "AUDIT_LOGS",
    }
}

object! {
    /// Where one kind of log is sent.
    pub struct LogPublishingOption at "configuration.LogPublishingOptions.*" {
        /// Whether it is sent.
        enabled: bool = "Enabled",
        /// The log group that it is sent to.
        log_group_arn: String = "CloudWatchLogsLogGroupArn",
    }
}

object! {
    /// The network that a domain is in.
    pub struct Vpc at "configuration.VPCOptions" {
        /// The subnets that the nodes are in.
        subnet_ids: Vec<String> = "SubnetIds",
    }
}
