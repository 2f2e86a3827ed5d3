//! The Lambda function of `redshift-snapshot-copy-retention`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftSnapshotCopyRetention>()
}
