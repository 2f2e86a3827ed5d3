//! The Lambda function of `rds-cluster-iam-authentication-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsClusterIamAuthenticationEnabled>()
}
