//! The Lambda function of `rds-instance-iam-authentication-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsInstanceIamAuthenticationEnabled>()
}
