//! Amazon Kinesis Data Streams.

use super::macros::{object, view};

view! {
    /// A stream.
    pub struct Stream("AWS::Kinesis::Stream") {
        configuration {
            /// The stream's encryption; left out where it has none.
            stream_encryption: StreamEncryption = "StreamEncryption",
        }
    }
}

object! {
    /// The encryption of a stream.
    pub struct StreamEncryption at "configuration.StreamEncryption" {
        /// `KMS` or `NONE`.
        encryption_type: String = "EncryptionType",
    }
}
