//! The Lambda function of `cloudfront-origin-failover-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontOriginFailoverEnabled>()
}
