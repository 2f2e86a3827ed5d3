//! The Lambda function of `redshift-cluster-kms-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftClusterKmsEnabled>()
}
