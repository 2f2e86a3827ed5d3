//! The Lambda function of `cloudfront-s3-origin-access-control-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontS3OriginAccessControlEnabled>()
}
