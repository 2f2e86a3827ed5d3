//! The Lambda function of `cloudformation-stack-notification-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudformation::CloudformationStackNotificationCheck>()
}
