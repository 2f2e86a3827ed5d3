//! The Lambda function of `opensearch-logs-to-cloudwatch`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchLogsToCloudwatch>()
}
