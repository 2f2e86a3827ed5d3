//! Rules about Amazon Elasticsearch Service.

mod elasticsearch_access_policy_not_public;
mod elasticsearch_encrypted_at_rest;
mod elasticsearch_https_required;
mod elasticsearch_in_vpc_only;
mod elasticsearch_kms_customer_key;
mod elasticsearch_logs_to_cloudwatch;
mod elasticsearch_node_to_node_encryption_check;
mod elasticsearch_zone_awareness;

use config_rule::Entry;

pub use elasticsearch_access_policy_not_public::ElasticsearchAccessPolicyNotPublic;
pub use elasticsearch_encrypted_at_rest::ElasticsearchEncryptedAtRest;
pub use elasticsearch_https_required::ElasticsearchHttpsRequired;
pub use elasticsearch_in_vpc_only::ElasticsearchInVpcOnly;
pub use elasticsearch_kms_customer_key::ElasticsearchKmsCustomerKey;
pub use elasticsearch_logs_to_cloudwatch::ElasticsearchLogsToCloudwatch;
pub use elasticsearch_node_to_node_encryption_check::ElasticsearchNodeToNodeEncryptionCheck;
pub use elasticsearch_zone_awareness::ElasticsearchZoneAwareness;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<ElasticsearchAccessPolicyNotPublic>(),
    Entry::item::<ElasticsearchEncryptedAtRest>(),
    Entry::item::<ElasticsearchHttpsRequired>(),
    Entry::item::<ElasticsearchInVpcOnly>(),
    Entry::item::<ElasticsearchKmsCustomerKey>(),
    Entry::item::<ElasticsearchLogsToCloudwatch>(),
    Entry::item::<ElasticsearchNodeToNodeEncryptionCheck>(),
    Entry::item::<ElasticsearchZoneAwareness>(),
];
