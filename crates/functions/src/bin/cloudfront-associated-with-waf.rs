//! The Lambda function of `cloudfront-associated-with-waf`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontAssociatedWithWaf>()
}
