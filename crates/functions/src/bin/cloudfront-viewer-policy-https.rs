//! The Lambda function of `cloudfront-viewer-policy-https`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontViewerPolicyHttps>()
}
