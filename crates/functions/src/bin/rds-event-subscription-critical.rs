//! The Lambda function of `rds-event-subscription-critical`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsEventSubscriptionCritical>()
}
