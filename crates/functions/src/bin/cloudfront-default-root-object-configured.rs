//! The Lambda function of `cloudfront-default-root-object-configured`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontDefaultRootObjectConfigured>()
}
