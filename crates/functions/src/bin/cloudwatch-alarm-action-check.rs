//! The Lambda function of `cloudwatch-alarm-action-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudwatch::CloudwatchAlarmActionCheck>()
}
