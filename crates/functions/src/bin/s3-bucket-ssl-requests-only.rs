//! The Lambda function of `s3-bucket-ssl-requests-only`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3BucketSslRequestsOnly>()
}
