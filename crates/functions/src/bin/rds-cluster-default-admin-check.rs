//! The Lambda function of `rds-cluster-default-admin-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterDefaultAdminCheck>()
}
