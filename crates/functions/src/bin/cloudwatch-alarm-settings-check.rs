//! The Lambda function of `cloudwatch-alarm-settings-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudwatch::CloudwatchAlarmSettingsCheck>()
}
