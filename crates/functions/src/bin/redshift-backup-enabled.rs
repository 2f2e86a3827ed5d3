//! The Lambda function of `redshift-backup-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftBackupEnabled>()
}
