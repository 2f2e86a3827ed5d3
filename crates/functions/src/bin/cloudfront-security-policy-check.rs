//! The Lambda function of `cloudfront-security-policy-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontSecurityPolicyCheck>()
}
