//! The Lambda function of `cloudfront-origin-access-identity-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontOriginAccessIdentityEnabled>()
}
