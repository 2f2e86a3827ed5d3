//! The Lambda function of `rds-db-security-group-not-allowed`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsDbSecurityGroupNotAllowed>()
}
