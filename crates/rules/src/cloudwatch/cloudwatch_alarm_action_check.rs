use config_item::{Item, views::cloudwatch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::all_of;

rule! {
    /// Alarms start an action when they go off.
    ///
    /// An alarm without an action changes its colour, and nobody is told. By default one action is asked for when the
    /// alarm goes off and one when its data are lacking, which is how a dead host looks.
    ///
    /// Where actions are named, each state that needs an action must start at least one of them. AWS's page says that
    /// "any" action must match and leaves the states open.
    pub struct CloudwatchAlarmActionCheck {
        id: "cloudwatch-alarm-action-check",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUDWATCH_ALARM_ACTION_CHECK"),
        remediation: "Give the alarm actions, such as a topic of the people on call: `aws cloudwatch put-metric-alarm --alarm-name <name> --alarm-actions <arn> --insufficient-data-actions <arn> …`. The call replaces the whole alarm: take the rest from `aws cloudwatch describe-alarms`.",
    }
    params {
        /// Whether the alarm needs an action when it goes off.
        alarm_required: bool = true, "alarmActionRequired";
        /// Whether it needs one when its data are lacking.
        insufficient_data_required: bool = true, "insufficientDataActionRequired";
        /// Whether it needs one when all is well again.
        ok_required: bool = false, "okActionRequired";
        /// An action that is accepted, by ARN.
        action1: String, "action1";
        /// Another.
        action2: String, "action2";
        /// Another.
        action3: String, "action3";
        /// Another.
        action4: String, "action4";
        /// Another.
        action5: String, "action5";
    }
}

impl Rule for CloudwatchAlarmActionCheck {
    type View = cloudwatch::Alarm;
    type Params = Params;

    fn evaluate(alarm: &Item<'_, cloudwatch::Alarm>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let accepted: Vec<_> = [&params.action1, &params.action2, &params.action3, &params.action4, &params.action5]
            .into_iter()
            .flatten()
            .collect();
        let mut findings = Vec::new();
        let mut check = |state: &str, actions: Option<&[String]>| {
            let actions = actions.unwrap_or_default();
            if actions.is_empty() {
                findings.push(format!("no action for {state}"));
            } else if !accepted.is_empty() && !actions.iter().any(|action| accepted.contains(&action)) {
                findings.push(format!("none of the actions for {state} is one of those named"));
            }
        };
        if params.alarm_required {
            check("ALARM", alarm.alarm_actions()?);
        }
        if params.insufficient_data_required {
            check("INSUFFICIENT_DATA", alarm.insufficient_data_actions()?);
        }
        if params.ok_required {
            check("OK", alarm.ok_actions()?);
        }
        Ok(all_of(&findings))
    }
}
