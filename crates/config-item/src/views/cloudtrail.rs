//! AWS CloudTrail.

use super::macros::view;

view! {
    /// A trail.
    pub struct Trail("AWS::CloudTrail::Trail") {
        configuration {
            /// The KMS key that log files are encrypted with; absent where S3's own encryption is all there is.
            kms_key_id: String = "kmsKeyId",
            /// Whether digests are written by which log files can be checked.
            log_file_validation_enabled: bool = "logFileValidationEnabled",
        }
    }
}
