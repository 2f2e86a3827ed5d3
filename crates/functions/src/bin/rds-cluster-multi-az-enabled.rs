//! The Lambda function of `rds-cluster-multi-az-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterMultiAzEnabled>()
}
