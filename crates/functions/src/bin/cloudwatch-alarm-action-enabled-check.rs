//! The Lambda function of `cloudwatch-alarm-action-enabled-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudwatch::CloudwatchAlarmActionEnabledCheck>()
}
