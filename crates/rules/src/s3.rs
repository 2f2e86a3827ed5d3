//! Rules about Amazon S3.

mod encryption;
mod lifecycle;
mod names;
mod policy;
mod public_access;
mod s3_access_point_public_access_blocks;
mod s3_account_level_public_access_blocks;
mod s3_bucket_blacklisted_actions_prohibited;
mod s3_bucket_default_lock_enabled;
mod s3_bucket_level_public_access_prohibited;
mod s3_bucket_logging_enabled;
mod s3_bucket_mfa_delete_enabled;
mod s3_bucket_replication_enabled;
mod s3_bucket_server_side_encryption_enabled;
mod s3_bucket_ssl_requests_only;
mod s3_bucket_versioning_enabled;
mod s3_default_encryption_kms;
mod s3_event_notifications_enabled;
mod s3_lifecycle_policy_check;
mod s3_log_archive_bucket_hardened;
mod s3_version_lifecycle_policy_check;

use config_rule::Entry;

pub use s3_access_point_public_access_blocks::S3AccessPointPublicAccessBlocks;
pub use s3_account_level_public_access_blocks::S3AccountLevelPublicAccessBlocks;
pub use s3_bucket_blacklisted_actions_prohibited::S3BucketBlacklistedActionsProhibited;
pub use s3_bucket_default_lock_enabled::S3BucketDefaultLockEnabled;
pub use s3_bucket_level_public_access_prohibited::S3BucketLevelPublicAccessProhibited;
pub use s3_bucket_logging_enabled::S3BucketLoggingEnabled;
pub use s3_bucket_mfa_delete_enabled::S3BucketMfaDeleteEnabled;
pub use s3_bucket_replication_enabled::S3BucketReplicationEnabled;
pub use s3_bucket_server_side_encryption_enabled::S3BucketServerSideEncryptionEnabled;
pub use s3_bucket_ssl_requests_only::S3BucketSslRequestsOnly;
pub use s3_bucket_versioning_enabled::S3BucketVersioningEnabled;
pub use s3_default_encryption_kms::S3DefaultEncryptionKms;
pub use s3_event_notifications_enabled::S3EventNotificationsEnabled;
pub use s3_lifecycle_policy_check::S3LifecyclePolicyCheck;
pub use s3_log_archive_bucket_hardened::S3LogArchiveBucketHardened;
pub use s3_version_lifecycle_policy_check::S3VersionLifecyclePolicyCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<S3AccessPointPublicAccessBlocks>(),
    Entry::item::<S3AccountLevelPublicAccessBlocks>(),
    Entry::item::<S3BucketBlacklistedActionsProhibited>(),
    Entry::item::<S3BucketDefaultLockEnabled>(),
    Entry::item::<S3BucketLevelPublicAccessProhibited>(),
    Entry::item::<S3BucketLoggingEnabled>(),
    Entry::item::<S3BucketMfaDeleteEnabled>(),
    Entry::item::<S3BucketReplicationEnabled>(),
    Entry::item::<S3BucketServerSideEncryptionEnabled>(),
    Entry::item::<S3BucketSslRequestsOnly>(),
    Entry::item::<S3BucketVersioningEnabled>(),
    Entry::item::<S3DefaultEncryptionKms>(),
    Entry::item::<S3EventNotificationsEnabled>(),
    Entry::item::<S3LifecyclePolicyCheck>(),
    Entry::item::<S3LogArchiveBucketHardened>(),
    Entry::item::<S3VersionLifecyclePolicyCheck>(),
];
