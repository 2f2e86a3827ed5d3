//! The Lambda function of `rds-cluster-encrypted-at-rest`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterEncryptedAtRest>()
}
