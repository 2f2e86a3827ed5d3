//! Rules about Amazon SageMaker.

mod sagemaker_endpoint_configuration_kms_key_configured;
mod sagemaker_notebook_instance_kms_key_configured;
mod sagemaker_notebook_no_direct_internet_access;

use config_rule::{Entry, Verdict};

use crate::keys::is_any_of;

pub use sagemaker_endpoint_configuration_kms_key_configured::SagemakerEndpointConfigurationKmsKeyConfigured;
pub use sagemaker_notebook_instance_kms_key_configured::SagemakerNotebookInstanceKmsKeyConfigured;
pub use sagemaker_notebook_no_direct_internet_access::SagemakerNotebookNoDirectInternetAccess;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<SagemakerEndpointConfigurationKmsKeyConfigured>(),
    Entry::item::<SagemakerNotebookInstanceKmsKeyConfigured>(),
    Entry::item::<SagemakerNotebookNoDirectInternetAccess>(),
];

/// Judges the key that encrypts storage: there must be one and, where some are accepted, it must be one of those.
fn judge_key(what: &str, key: Option<&str>, accepted: Option<&[String]>) -> Verdict {
    let Some(key) = key.filter(|key| !key.is_empty()) else {
        return Verdict::non_compliant(format!("the {what} names no KMS key for its storage"));
    };
    match accepted {
        Some(accepted) if !is_any_of(key, accepted) => {
            Verdict::non_compliant(format!("the {what} uses the key {key}, which is not among those accepted"))
        }
        _ => Verdict::Compliant,
    }
}
