//! Amazon SQS.

use super::macros::view;

view! {
    /// A queue.
    pub struct Queue("AWS::SQS::Queue") {
        configuration {
            /// The KMS key that messages are encrypted with, by id, ARN or alias; absent where none is.
            kms_master_key_id: String = "KmsMasterKeyId",
            /// Whether messages are encrypted with a key of SQS.
            sqs_managed_sse_enabled: bool = "SqsManagedSseEnabled",
        }
    }
}
