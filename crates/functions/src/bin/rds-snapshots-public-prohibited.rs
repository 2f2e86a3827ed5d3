//! The Lambda function of `rds-snapshots-public-prohibited`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsSnapshotsPublicProhibited>()
}
