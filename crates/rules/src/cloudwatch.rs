//! Rules about Amazon CloudWatch.

mod cloudwatch_alarm_action_check;
mod cloudwatch_alarm_action_enabled_check;
mod cloudwatch_alarm_settings_check;

use config_rule::Entry;

pub use cloudwatch_alarm_action_check::CloudwatchAlarmActionCheck;
pub use cloudwatch_alarm_action_enabled_check::CloudwatchAlarmActionEnabledCheck;
pub use cloudwatch_alarm_settings_check::CloudwatchAlarmSettingsCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<CloudwatchAlarmActionCheck>(),
    Entry::item::<CloudwatchAlarmActionEnabledCheck>(),
    Entry::item::<CloudwatchAlarmSettingsCheck>(),
];
