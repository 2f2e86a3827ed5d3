//! The Lambda function of `cloudfront-no-deprecated-ssl-protocols`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontNoDeprecatedSslProtocols>()
}
