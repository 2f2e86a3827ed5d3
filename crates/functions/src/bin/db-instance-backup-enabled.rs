//! The Lambda function of `db-instance-backup-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::DbInstanceBackupEnabled>()
}
