//! The Lambda function of `sagemaker-notebook-no-direct-internet-access`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sagemaker::SagemakerNotebookNoDirectInternetAccess>()
}
