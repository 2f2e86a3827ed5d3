//! The Lambda function of `s3-bucket-server-side-encryption-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3BucketServerSideEncryptionEnabled>()
}
