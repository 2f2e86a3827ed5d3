use config_item::{Item, views::cloudwatch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// The actions of alarms are switched on.
    ///
    /// Actions are switched off for a maintenance window and forgotten; the alarm still goes off, and nobody is told.
    pub struct CloudwatchAlarmActionEnabledCheck {
        id: "cloudwatch-alarm-action-enabled-check",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK"),
        remediation: "Switch the actions on: `aws cloudwatch enable-alarm-actions --alarm-names <name>`.",
    }
}

impl Rule for CloudwatchAlarmActionEnabledCheck {
    type View = cloudwatch::Alarm;
    type Params = Params;

    fn evaluate(alarm: &Item<'_, cloudwatch::Alarm>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(match alarm.actions_enabled()? {
            Some(true) => Verdict::Compliant,
            Some(false) => Verdict::non_compliant("the alarm's actions are switched off"),
            None => Verdict::non_compliant("the item does not say whether the alarm's actions are switched on"),
        })
    }
}
