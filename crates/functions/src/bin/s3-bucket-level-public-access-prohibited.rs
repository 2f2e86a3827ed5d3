//! The Lambda function of `s3-bucket-level-public-access-prohibited`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3BucketLevelPublicAccessProhibited>()
}
