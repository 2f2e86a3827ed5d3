//! The Lambda function of `redshift-cluster-configuration-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftClusterConfigurationCheck>()
}
