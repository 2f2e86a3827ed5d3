//! AWS Secrets Manager.

use super::macros::{object, view};

view! {
    /// A secret.
    pub struct Secret("AWS::SecretsManager::Secret") {
        configuration {
            /// Whether the secret is deleted and only kept until it can't be restored any more.
            deleted: bool = "Deleted",
            /// The KMS key, by id, ARN or alias; absent for AWS's own key.
            kms_key_id: String = "KMSKeyId",
            /// Whether the secret is rotated by itself.
            rotation_enabled: bool = "RotationEnabled",
            /// When it is.
            rotation_rules: RotationRules = "RotationRules",
        }
    }
}

object! {
    /// When a secret is rotated by itself.
    pub struct RotationRules at "configuration.RotationRules" {
        /// Days between rotations.
        automatically_after_days: i64 = "AutomaticallyAfterDays",
        /// Hours between rotations.
        automatically_after_hours: i64 = "AutomaticallyAfterHours",
        /// The schedule: `rate(4 hours)` or `cron(…)`.
        rotation_schedule_expression: String = "RotationScheduleExpression",
    }
}
