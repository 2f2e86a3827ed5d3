//! Amazon Elastic File System.

use super::macros::view;

view! {
    /// A file system.
    pub struct FileSystem("AWS::EFS::FileSystem") {
        configuration {
            /// Whether the file system is encrypted.
            encrypted: bool = "Encrypted",
            /// The KMS key that it is encrypted with.
            kms_key_id: String = "KmsKeyId",
        }
    }
}
