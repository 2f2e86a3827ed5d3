//! The Lambda function of `s3-log-archive-bucket-hardened`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3LogArchiveBucketHardened>()
}
