//! The Lambda function of `s3-bucket-blacklisted-actions-prohibited`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3BucketBlacklistedActionsProhibited>()
}
