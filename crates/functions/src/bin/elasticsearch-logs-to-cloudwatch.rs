//! The Lambda function of `elasticsearch-logs-to-cloudwatch`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchLogsToCloudwatch>()
}
