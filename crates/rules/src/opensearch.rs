//! Rules about Amazon OpenSearch Service.

pub(crate) mod domain;
mod opensearch_access_control_enabled;
mod opensearch_audit_logging_enabled;
mod opensearch_data_node_fault_tolerance;
mod opensearch_encrypted_at_rest;
mod opensearch_https_required;
mod opensearch_in_vpc_only;
mod opensearch_logs_to_cloudwatch;
mod opensearch_node_to_node_encryption_check;

use config_rule::Entry;

pub use opensearch_access_control_enabled::OpensearchAccessControlEnabled;
pub use opensearch_audit_logging_enabled::OpensearchAuditLoggingEnabled;
pub use opensearch_data_node_fault_tolerance::OpensearchDataNodeFaultTolerance;
pub use opensearch_encrypted_at_rest::OpensearchEncryptedAtRest;
pub use opensearch_https_required::OpensearchHttpsRequired;
pub use opensearch_in_vpc_only::OpensearchInVpcOnly;
pub use opensearch_logs_to_cloudwatch::OpensearchLogsToCloudwatch;
pub use opensearch_node_to_node_encryption_check::OpensearchNodeToNodeEncryptionCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<OpensearchAccessControlEnabled>(),
    Entry::item::<OpensearchAuditLoggingEnabled>(),
    Entry::item::<OpensearchDataNodeFaultTolerance>(),
    Entry::item::<OpensearchEncryptedAtRest>(),
    Entry::item::<OpensearchHttpsRequired>(),
    Entry::item::<OpensearchInVpcOnly>(),
    Entry::item::<OpensearchLogsToCloudwatch>(),
    Entry::item::<OpensearchNodeToNodeEncryptionCheck>(),
];
