//! The Lambda function of `backup-recovery-point-minimum-retention-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::backup::BackupRecoveryPointMinimumRetentionCheck>()
}
