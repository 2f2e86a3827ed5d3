//! Amazon S3.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::macros::{object, view};
use crate::Document;

view! {
    /// A bucket.
    pub struct Bucket("AWS::S3::Bucket") {
        configuration {
            /// The bucket's name.
            name: String = "name",
            /// The account that owns the bucket, as S3 knows it.
            owner: Owner = "owner",
        }
        supplementary {
            /// Which requests end up in a log.
            logging: BucketLogging = "BucketLoggingConfiguration",
            /// When objects move to another storage class or expire; absent where no rule says so.
            lifecycle: BucketLifecycle = "BucketLifecycleConfiguration",
            /// Who is told of events in the bucket.
            notification: BucketNotification = "BucketNotificationConfiguration",
            /// The lock that keeps objects from being deleted; absent where the bucket has none.
            object_lock: ObjectLock = "ObjectLockConfiguration",
            /// The bucket's policy.
            policy: BucketPolicy = "BucketPolicy",
            /// What is refused of public access; absent where nothing is.
            public_access_block: BucketPublicAccessBlock = "PublicAccessBlockConfiguration",
            /// Where objects are copied to; absent where they aren't.
            replication: BucketReplication = "BucketReplicationConfiguration",
            /// How new objects are encrypted.
            encryption: BucketEncryption = "ServerSideEncryptionConfiguration",
            /// Whether old versions of objects are kept.
            versioning: BucketVersioning = "BucketVersioningConfiguration",
        }
    }
}

object! {
    /// The account that owns a bucket.
    pub struct Owner at "configuration.owner" {
        /// S3's canonical id of the account.
        id: String = "id",
    }
}

object! {
    /// Which requests to a bucket end up in a log.
    pub struct BucketLogging at "supplementaryConfiguration.BucketLoggingConfiguration" {
        /// The bucket that the log is written to; absent where there is no log.
        destination_bucket_name: String = "destinationBucketName",
        /// What the names of the log's objects begin with.
        log_file_prefix: String = "logFilePrefix",
    }
}

object! {
    /// When objects move to another storage class or expire.
    pub struct BucketLifecycle at "supplementaryConfiguration.BucketLifecycleConfiguration" {
        /// The rules.
        rules: Vec<LifecycleRule> = "rules",
    }
}

object! {
    /// One rule of a bucket's lifecycle. A number of -1 is one that is not set.
    pub struct LifecycleRule at "supplementaryConfiguration.BucketLifecycleConfiguration.rules" {
        /// `Enabled` or `Disabled`.
        status: String = "status",
        /// What the names of the objects begin with, in rules of the older form.
        prefix: String = "prefix",
        /// Which objects the rule is about, in rules of the newer form.
        filter: LifecycleFilter = "filter",
        /// Days after which objects expire.
        expiration_in_days: i64 = "expirationInDays",
        /// The day on which objects expire.
        expiration_date: Timestamp = "expirationDate",
        /// When objects move to which storage class.
        transitions: Vec<LifecycleTransition> = "transitions",
    }
}

object! {
    /// Which objects a lifecycle rule is about.
    pub struct LifecycleFilter at "supplementaryConfiguration.BucketLifecycleConfiguration.rules.filter" {
        /// The test that objects must pass.
        predicate: LifecyclePredicate = "predicate",
    }
}

object! {
    /// A test of objects: of their names, of their tags, or several tests together.
    pub struct LifecyclePredicate at "supplementaryConfiguration.BucketLifecycleConfiguration.rules.filter.predicate" {
        /// What the names begin with.
        prefix: String = "prefix",
        /// The tests that must all be passed.
        operands: Vec<LifecycleOperand> = "operands",
    }
}

object! {
    /// One of several tests together.
    pub struct LifecycleOperand
        at "supplementaryConfiguration.BucketLifecycleConfiguration.rules.filter.predicate.operands"
    {
        /// What the names begin with.
        prefix: String = "prefix",
    }
}

object! {
    /// When objects move to which storage class.
    pub struct LifecycleTransition at "supplementaryConfiguration.BucketLifecycleConfiguration.rules.transitions" {
        /// Days after which they do.
        days: i64 = "days",
        /// The storage class: `GLACIER`.
        storage_class: String = "storageClass",
    }
}

object! {
    /// Who is told of events in a bucket.
    pub struct BucketNotification at "supplementaryConfiguration.BucketNotificationConfiguration" {
        /// By id; empty where nobody is.
        configurations: BTreeMap<String, NotificationTarget> = "configurations",
    }
}

object! {
    /// One that is told of events: a queue, a topic or a function.
    pub struct NotificationTarget at "supplementaryConfiguration.BucketNotificationConfiguration.configurations" {
        /// The events: `s3:ObjectCreated:*`.
        events: Vec<String> = "events",
        /// The queue.
        queue_arn: String = "queueARN",
        /// The topic.
        topic_arn: String = "topicARN",
        /// The function.
        function_arn: String = "functionARN",
    }
}

object! {
    /// The lock that keeps the objects of a bucket from being deleted.
    pub struct ObjectLock at "supplementaryConfiguration.ObjectLockConfiguration" {
        /// `Enabled`.
        object_lock_enabled: String = "objectLockEnabled",
        /// What is locked without being asked for.
        rule: ObjectLockRule = "rule",
    }
}

object! {
    /// What is locked without being asked for.
    pub struct ObjectLockRule at "supplementaryConfiguration.ObjectLockConfiguration.rule" {
        /// How new objects are kept.
        default_retention: DefaultRetention = "defaultRetention",
    }
}

object! {
    /// How new objects are kept.
    pub struct DefaultRetention at "supplementaryConfiguration.ObjectLockConfiguration.rule.defaultRetention" {
        /// `GOVERNANCE`, which some may lift, or `COMPLIANCE`, which nobody can.
        mode: String = "mode",
    }
}

object! {
    /// The policy of a bucket.
    pub struct BucketPolicy at "supplementaryConfiguration.BucketPolicy" {
        /// The policy's document; absent where the bucket has no policy.
        policy_text: Document = "policyText",
    }
}

object! {
    /// What is refused of public access to a bucket.
    pub struct BucketPublicAccessBlock at "supplementaryConfiguration.PublicAccessBlockConfiguration" {
        /// Whether new public ACLs are refused.
        block_public_acls: bool = "blockPublicAcls",
        /// Whether public ACLs have no effect.
        ignore_public_acls: bool = "ignorePublicAcls",
        /// Whether new public policies are refused.
        block_public_policy: bool = "blockPublicPolicy",
        /// Whether public policies let in only the account itself and AWS's services.
        restrict_public_buckets: bool = "restrictPublicBuckets",
    }
}

object! {
    /// Where the objects of a bucket are copied to.
    pub struct BucketReplication at "supplementaryConfiguration.BucketReplicationConfiguration" {
        /// By id.
        rules: BTreeMap<String, ReplicationRule> = "rules",
    }
}

object! {
    /// One rule of replication.
    pub struct ReplicationRule at "supplementaryConfiguration.BucketReplicationConfiguration.rules" {
        /// `Enabled` or `Disabled`.
        status: String = "status",
    }
}

object! {
    /// How new objects of a bucket are encrypted.
    pub struct BucketEncryption at "supplementaryConfiguration.ServerSideEncryptionConfiguration" {
        /// S3 takes one.
        rules: Vec<EncryptionRule> = "rules",
    }
}

object! {
    /// How new objects are encrypted.
    pub struct EncryptionRule at "supplementaryConfiguration.ServerSideEncryptionConfiguration.rules" {
        /// What holds where an upload asks for nothing else.
        by_default: EncryptionByDefault = "applyServerSideEncryptionByDefault",
    }
}

object! {
    /// The encryption that holds where an upload asks for nothing else.
    pub struct EncryptionByDefault
        at "supplementaryConfiguration.ServerSideEncryptionConfiguration.rules.applyServerSideEncryptionByDefault"
    {
        /// `AES256`, `aws:kms` or `aws:kms:dsse`.
        sse_algorithm: String = "sseAlgorithm",
        /// The KMS key, by id, ARN or alias; absent for AWS's own key.
        kms_master_key_id: String = "kmsMasterKeyID",
    }
}

object! {
    /// Whether old versions of objects are kept.
    pub struct BucketVersioning at "supplementaryConfiguration.BucketVersioningConfiguration" {
        /// `Enabled`, `Suspended` or `Off`.
        status: String = "status",
        /// Whether deleting a version for good needs MFA; absent where it doesn't.
        is_mfa_delete_enabled: bool = "isMfaDeleteEnabled",
    }
}

view! {
    /// What is refused of public access to all buckets of an account.
    pub struct AccountPublicAccessBlock("AWS::S3::AccountPublicAccessBlock") {
        configuration {
            /// Whether new public ACLs are refused.
            block_public_acls: bool = "blockPublicAcls",
            /// Whether public ACLs have no effect.
            ignore_public_acls: bool = "ignorePublicAcls",
            /// Whether new public policies are refused.
            block_public_policy: bool = "blockPublicPolicy",
            /// Whether public policies let in only the account itself and AWS's services.
            restrict_public_buckets: bool = "restrictPublicBuckets",
        }
    }
}

view! {
    /// An access point: another name for a bucket, with a policy of its own.
    pub struct AccessPoint("AWS::S3::AccessPoint") {
        configuration {
            /// The access point's name.
            name: String = "Name",
            /// What is refused of public access through it.
            public_access_block: AccessPointPublicAccessBlock = "PublicAccessBlockConfiguration",
        }
    }
}

object! {
    /// What is refused of public access through an access point.
    pub struct AccessPointPublicAccessBlock at "configuration.PublicAccessBlockConfiguration" {
        /// Whether new public ACLs are refused.
        block_public_acls: bool = "BlockPublicAcls",
        /// Whether public ACLs have no effect.
        ignore_public_acls: bool = "IgnorePublicAcls",
        /// Whether new public policies are refused.
        block_public_policy: bool = "BlockPublicPolicy",
        /// Whether public policies let in only the account itself and AWS's services.
        restrict_public_buckets: bool = "RestrictPublicBuckets",
    }
}
