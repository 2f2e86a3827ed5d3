//! The Lambda function of `rds-automatic-minor-version-upgrade-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsAutomaticMinorVersionUpgradeEnabled>()
}
