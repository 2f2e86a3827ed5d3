use std::fmt::Display;

use config_item::{Item, views::cloudwatch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::all_of;

rule! {
    /// Alarms on a given metric have the given settings.
    ///
    /// An alarm on CPU at 99 percent over a day is an alarm in name only. The rule holds all alarms on one metric to one
    /// measure: give the metric and the settings that its alarms must have. The period must be 300 seconds unless another
    /// is given, as for AWS's managed rule; the other settings are judged only where they are given.
    ///
    /// Not applicable to alarms on other metrics or on expressions over several, and to all where no metric is given.
    pub struct CloudwatchAlarmSettingsCheck {
        id: "cloudwatch-alarm-settings-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUDWATCH_ALARM_SETTINGS_CHECK"),
        remediation: "Set the alarm as required: `aws cloudwatch put-metric-alarm --alarm-name <name> --threshold <number> --evaluation-periods <number> --period <seconds> …`. The call replaces the whole alarm: take the rest from `aws cloudwatch describe-alarms`.",
    }
    params {
        /// The metric whose alarms are judged, by its name without the namespace.
        metric: String, "metricName";
        /// The threshold required.
        threshold: f64, "threshold";
        /// The number of periods required.
        evaluation_periods: u32, "evaluationPeriods";
        /// The period required, in seconds.
        period: u32 = 300_u32, "period";
        /// The comparison required: `GreaterThanThreshold` and the like.
        comparison: String, "comparisonOperator";
        /// The statistic required: `Average`, `Sum` and the like.
        statistic: String, "statistic";
    }
}

impl Rule for CloudwatchAlarmSettingsCheck {
    type View = cloudwatch::Alarm;
    type Params = Params;

    fn evaluate(alarm: &Item<'_, cloudwatch::Alarm>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(metric) = &params.metric else {
            return Ok(Verdict::not_applicable("the parameter metricName is not given"));
        };
        match alarm.metric_name()? {
            Some(name) if name == metric => {}
            Some(name) => return Ok(Verdict::not_applicable(format!("the alarm is on {name}, not on {metric}"))),
            None => {
                return Ok(Verdict::not_applicable(format!("the alarm is on no single metric, so not on {metric}")));
            }
        }
        let mut findings = Vec::new();
        findings.extend(finding("period", alarm.period()?, &i64::from(params.period)));
        if let Some(required) = &params.threshold {
            findings.extend(finding("threshold", alarm.threshold()?, required));
        }
        if let Some(required) = params.evaluation_periods {
            findings.extend(finding("evaluationPeriods", alarm.evaluation_periods()?, &i64::from(required)));
        }
        if let Some(required) = &params.comparison {
            findings.extend(finding("comparisonOperator", alarm.comparison_operator()?, &required.as_str()));
        }
        if let Some(required) = &params.statistic {
            findings.extend(finding("statistic", alarm.statistic()?, &required.as_str()));
        }
        Ok(all_of(&findings))
    }
}

fn finding<T: Display + PartialEq>(what: &str, found: Option<T>, required: &T) -> Option<String> {
    match found {
        Some(found) if found == *required => None,
        Some(found) => Some(format!("{what} is {found}, not the required {required}")),
        None => Some(format!("{what} is not set, {required} is required")),
    }
}
