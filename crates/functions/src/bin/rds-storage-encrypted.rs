//! The Lambda function of `rds-storage-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsStorageEncrypted>()
}
