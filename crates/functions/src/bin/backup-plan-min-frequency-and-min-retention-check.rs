//! The Lambda function of `backup-plan-min-frequency-and-min-retention-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::backup::BackupPlanMinFrequencyAndMinRetentionCheck>()
}
