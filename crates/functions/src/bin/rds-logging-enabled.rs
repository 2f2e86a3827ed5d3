//! The Lambda function of `rds-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsLoggingEnabled>()
}
