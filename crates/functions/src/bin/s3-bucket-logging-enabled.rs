//! The Lambda function of `s3-bucket-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3BucketLoggingEnabled>()
}
