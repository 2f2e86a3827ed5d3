//! The Lambda function of `rds-instance-deletion-protection-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsInstanceDeletionProtectionEnabled>()
}
