//! Amazon SageMaker.

use super::macros::view;

view! {
    /// An endpoint's configuration.
    pub struct EndpointConfig("AWS::SageMaker::EndpointConfig") {
        configuration {
            /// The KMS key of the instances' volumes, as whoever made the configuration wrote it: an id, an alias, an
            /// ARN.
            kms_key_id: String = "KmsKeyId",
        }
    }
}

view! {
    /// A notebook instance.
    pub struct NotebookInstance("AWS::SageMaker::NotebookInstance") {
        configuration {
            /// The KMS key of the volume, as whoever made the notebook wrote it: an id, an alias, an ARN.
            kms_key_id: String = "KmsKeyId",
            /// `Enabled` or `Disabled`.
            direct_internet_access: String = "DirectInternetAccess",
        }
    }
}
