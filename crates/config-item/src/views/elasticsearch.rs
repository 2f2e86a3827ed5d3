//! Amazon Elasticsearch Service.

use super::macros::{object, one_of, view};
use super::opensearch::Domain as OpenSearchDomain;
use crate::Document;

view! {
    /// A domain, as the older of the service's two APIs describes it.
    pub struct Domain("AWS::Elasticsearch::Domain") {
        configuration {
            /// The engine's version: `7.10`, or `OpenSearch_1.1` of a domain that was upgraded.
            elasticsearch_version: String = "elasticsearchVersion",
            /// The nodes.
            cluster_config: ClusterConfig = "elasticsearchClusterConfig",
            /// Encryption of what the nodes store.
            encryption_at_rest: EncryptionAtRest = "encryptionAtRestOptions",
            /// Encryption of what the nodes tell each other.
            node_to_node_encryption: NodeToNodeEncryption = "nodeToNodeEncryptionOptions",
            /// How the endpoint is reached.
            domain_endpoint: DomainEndpoint = "domainEndpointOptions",
            /// The logs sent to CloudWatch Logs; absent where none ever was.
            log_publishing: LogPublishing = "logPublishingOptions",
            /// Who may send requests to the domain; empty where only identities' own policies say so.
            access_policies: Document = "accessPolicies",
            /// The network that the domain is in; absent for a public endpoint.
            vpc: Vpc = "vpcoptions",
        }
    }
}

object! {
    /// The nodes of a domain.
    pub struct ClusterConfig at "configuration.elasticsearchClusterConfig" {
        /// How many data nodes there are.
        instance_count: i64 = "instanceCount",
        /// Whether nodes and copies of the data are spread over zones.
        zone_awareness_enabled: bool = "zoneAwarenessEnabled",
    }
}

object! {
    /// Encryption of what the nodes store.
    pub struct EncryptionAtRest at "configuration.encryptionAtRestOptions" {
        /// Whether it is on.
        enabled: bool = "enabled",
        /// The KMS key, by ARN or by id.
        kms_key_id: String = "kmsKeyId",
    }
}

object! {
    /// Encryption of what the nodes tell each other.
    pub struct NodeToNodeEncryption at "configuration.nodeToNodeEncryptionOptions" {
        /// Whether it is on.
        enabled: bool = "enabled",
    }
}

object! {
    /// How the endpoint of a domain is reached.
    pub struct DomainEndpoint at "configuration.domainEndpointOptions" {
        /// Whether plain HTTP is refused.
        enforce_https: bool = "enforceHTTPS",
        /// The TLS versions and ciphers offered, by name.
        tls_security_policy: String = "tlssecurityPolicy",
    }
}

object! {
    /// The logs sent to CloudWatch Logs, by kind.
    pub struct LogPublishing at "configuration.logPublishingOptions" {
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
    pub struct LogPublishingOption at "configuration.logPublishingOptions.*" {
        /// Whether it is sent.
        enabled: bool = "enabled",
        /// The log group that it is sent to.
        log_group_arn: String = "cloudWatchLogsLogGroupArn",
    }
}

object! {
    /// The network that a domain is in.
    pub struct Vpc at "configuration.vpcoptions" {
        /// The VPC.
        vpc_id: String = "vpcid",
    }
}

one_of! {
    /// A domain of either resource type.
    pub enum SearchDomain {
        /// As the older API describes it.
        Elasticsearch(Domain) = "AWS::Elasticsearch::Domain",
        /// As the newer API describes it.
        OpenSearch(OpenSearchDomain) = "AWS::OpenSearch::Domain",
    }
}
