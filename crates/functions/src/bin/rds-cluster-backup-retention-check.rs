//! The Lambda function of `rds-cluster-backup-retention-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterBackupRetentionCheck>()
}
