//! The Lambda function of `cloudfront-sni-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontSniEnabled>()
}
