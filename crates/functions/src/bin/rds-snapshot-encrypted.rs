//! The Lambda function of `rds-snapshot-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsSnapshotEncrypted>()
}
