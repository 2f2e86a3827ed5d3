//! The Lambda function of `s3-access-point-public-access-blocks`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3AccessPointPublicAccessBlocks>()
}
