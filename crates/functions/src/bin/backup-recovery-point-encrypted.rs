//! The Lambda function of `backup-recovery-point-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::backup::BackupRecoveryPointEncrypted>()
}
