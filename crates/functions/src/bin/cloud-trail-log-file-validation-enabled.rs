//! The Lambda function of `cloud-trail-log-file-validation-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudtrail::CloudTrailLogFileValidationEnabled>()
}
