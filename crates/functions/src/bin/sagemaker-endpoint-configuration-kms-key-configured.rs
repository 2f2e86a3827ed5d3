//! The Lambda function of `sagemaker-endpoint-configuration-kms-key-configured`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sagemaker::SagemakerEndpointConfigurationKmsKeyConfigured>()
}
