//! The Lambda function of `rds-instance-public-access-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsInstancePublicAccessCheck>()
}
