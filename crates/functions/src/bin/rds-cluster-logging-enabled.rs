//! The Lambda function of `rds-cluster-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterLoggingEnabled>()
}
