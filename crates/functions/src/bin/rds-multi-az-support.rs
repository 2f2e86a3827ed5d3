//! The Lambda function of `rds-multi-az-support`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsMultiAzSupport>()
}
