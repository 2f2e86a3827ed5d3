//! The Lambda function of `redshift-cluster-public-access-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftClusterPublicAccessCheck>()
}
