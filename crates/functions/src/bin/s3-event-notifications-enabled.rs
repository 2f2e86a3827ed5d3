//! The Lambda function of `s3-event-notifications-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3EventNotificationsEnabled>()
}
