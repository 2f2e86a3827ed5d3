//! Amazon DynamoDB.

use super::macros::{object, view};

view! {
    /// A table.
    pub struct Table("AWS::DynamoDB::Table") {
        configuration {
            /// Encryption with a key of KMS; left out where the key is DynamoDB's own.
            sse_description: SseDescription = "ssedescription",
        }
        supplementary {
            /// The table's continuous backups.
            continuous_backups: ContinuousBackups = "ContinuousBackupsDescription",
        }
    }
}

object! {
    /// How a table is encrypted.
    pub struct SseDescription at "configuration.ssedescription" {
        /// `ENABLED`, `DISABLED`, and on the way there `ENABLING`, `UPDATING`, `DISABLING`.
        status: String = "status",
        /// `KMS`, or `AES256` in tables of old.
        sse_type: String = "ssetype",
        /// The ARN of the key.
        kms_master_key_arn: String = "kmsmasterKeyArn",
    }
}

object! {
    /// The continuous backups of a table.
    pub struct ContinuousBackups at "supplementaryConfiguration.ContinuousBackupsDescription" {
        /// Recovery to a point in time.
        point_in_time_recovery: PointInTimeRecovery = "pointInTimeRecoveryDescription",
    }
}

object! {
    /// Recovery to a point in time.
    pub struct PointInTimeRecovery
        at "supplementaryConfiguration.ContinuousBackupsDescription.pointInTimeRecoveryDescription" {
        /// `ENABLED` or `DISABLED`.
        status: String = "pointInTimeRecoveryStatus",
    }
}
