//! The Lambda function of `s3-version-lifecycle-policy-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3VersionLifecyclePolicyCheck>()
}
