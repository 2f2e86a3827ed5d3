//! The Lambda function of `sagemaker-notebook-instance-kms-key-configured`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sagemaker::SagemakerNotebookInstanceKmsKeyConfigured>()
}
