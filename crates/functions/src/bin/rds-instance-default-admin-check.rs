//! The Lambda function of `rds-instance-default-admin-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsInstanceDefaultAdminCheck>()
}
