//! The Lambda function of `cloud-trail-encryption-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudtrail::CloudTrailEncryptionEnabled>()
}
