//! AWS Key Management Service.

use super::macros::view;

view! {
    /// A KMS key.
    pub struct Key("AWS::KMS::Key") {
        configuration {
            /// The key's id.
            key_id: String = "keyId",
            /// The key's ARN.
            arn: String = "arn",
            /// `Enabled`, `Disabled`, `PendingDeletion`, …
            key_state: String = "keyState",
            /// `CUSTOMER`, or `AWS` for keys that a service of AWS made for itself.
            key_manager: String = "keyManager",
            /// What kind of key it is: `SYMMETRIC_DEFAULT`, `RSA_2048`, `HMAC_256`, …
            key_spec: String = "keySpec",
            /// The older name of the key's kind.
            customer_master_key_spec: String = "customerMasterKeySpec",
            /// Where the key material comes from: `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`.
            origin: String = "origin",
            /// The custom key store that holds the key material; absent where KMS does.
            custom_key_store_id: String = "customKeyStoreId",
        }
        supplementary {
            /// Whether KMS rotates the key by itself.
            key_rotation_status: bool = "KeyRotationStatus",
        }
    }
}
