//! The Lambda function of `rds-cluster-deletion-protection-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterDeletionProtectionEnabled>()
}
