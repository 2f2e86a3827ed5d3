//! The Lambda function of `dms-replication-not-public`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::dms::DmsReplicationNotPublic>()
}
