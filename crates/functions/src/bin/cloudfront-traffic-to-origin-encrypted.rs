//! The Lambda function of `cloudfront-traffic-to-origin-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontTrafficToOriginEncrypted>()
}
