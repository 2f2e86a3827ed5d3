//! The Lambda function of `rds-read-replica-present`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsReadReplicaPresent>()
}
