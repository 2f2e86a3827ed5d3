use config_item::{Item, views::backup};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use super::schedule::{Gap, longest_gap};
use super::too_few_days;
use crate::words::count;

const SCHEDULE: &str = "configuration.BackupPlan.BackupPlanRule.ScheduleExpression";

rule! {
    /// Backup plans back up often enough and keep backups long enough.
    ///
    /// How much is lost in a disaster depends on how long ago the last backup was made; whether damage found late can
    /// be undone depends on how long backups are kept. A plan is compliant if one of its rules does both: it runs at
    /// least every `requiredFrequencyValue` `requiredFrequencyUnit`, all weekends and short months counted, and its
    /// backups are kept `requiredRetentionDays` or for ever. One that backs up daily for a week and another that backs
    /// up monthly for a year don't make up for each other.
    ///
    /// A rule without a schedule runs daily, as AWS Backup has it; a schedule limited to certain years ends, and is not
    /// often enough.
    pub struct BackupPlanMinFrequencyAndMinRetentionCheck {
        id: "backup-plan-min-frequency-and-min-retention-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK"),
        remediation: "Give one rule of the plan a schedule of `cron(0 5 * * ? *)` and a lifecycle of `\"DeleteAfterDays\": 35`: `aws backup update-backup-plan --backup-plan-id <plan> --backup-plan <document>`. Backups that were made before keep the lifecycle that they were made with.",
    }
    params {
        /// How far apart backups may be, in units of `requiredFrequencyUnit`.
        frequency: u32 = 1_u32, "requiredFrequencyValue";
        /// Fewest days that a backup is kept.
        retention: u32 = 35_u32, "requiredRetentionDays";
        /// The unit of `requiredFrequencyValue`.
        unit: Unit = Unit::Days, "requiredFrequencyUnit";
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// An hour.
    Hours,
    /// A day of 24 hours.
    Days,
}

impl Unit {
    fn minutes(self) -> i64 {
        match self {
            Self::Hours => 60,
            Self::Days => 24 * 60,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Hours => "hour",
            Self::Days => "day",
        }
    }
}

impl Parameter for Unit {
    const ACCEPTS: &'static str = "hours or days";

    fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "hours" => Some(Self::Hours),
            "days" => Some(Self::Days),
            _ => None,
        }
    }

    fn show(&self) -> String {
        format!("{}s", self.word())
    }
}

impl Rule for BackupPlanMinFrequencyAndMinRetentionCheck {
    type View = backup::BackupPlan;
    type Params = Params;

    fn evaluate(plan: &Item<'_, backup::BackupPlan>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let rules = match plan.plan()? {
            Some(plan) => plan.rules()?.unwrap_or_default(),
            None => &[],
        };
        let mut shortfalls = Vec::new();
        let mut unreadable = None;
        for rule in rules {
            match shortfall(rule, params) {
                Ok(None) => return Ok(Verdict::Compliant),
                Ok(Some(shortfall)) => shortfalls.push(shortfall),
                Err(error) => unreadable = Some(error),
            }
        }
        if let Some(error) = unreadable {
            return Err(error);
        }
        if shortfalls.is_empty() {
            return Ok(Verdict::non_compliant("the item does not list the plan's rules"));
        }
        Ok(Verdict::non_compliant(format!(
            "no rule runs at least every {} and keeps its backups {}: {}",
            count(i64::from(params.frequency), params.unit.word()),
            count(i64::from(params.retention), "day"),
            shortfalls.join("; ")
        )))
    }
}

/// What a rule of the plan lacks, or `None` where it does what is required.
fn shortfall(rule: &backup::PlanRule, params: &Params) -> Result<Option<String>, CannotJudge> {
    let name = rule.name()?.unwrap_or("an unnamed rule");
    let delete_after_days = match rule.lifecycle()? {
        Some(lifecycle) => lifecycle.delete_after_days()?,
        None => None,
    };
    if let Some(days) = too_few_days(delete_after_days, params.retention) {
        return Ok(Some(format!("{name} keeps {}", count(days, "day"))));
    }
    let schedule = rule.schedule_expression()?;
    let Some(gap) = longest_gap(schedule) else {
        return Err(CannotJudge::Content { path: SCHEDULE, reason: format!("the schedule of {name} can't be read") });
    };
    Ok(match gap {
        Gap::Minutes(minutes) if minutes <= i64::from(params.frequency) * params.unit.minutes() => None,
        _ => Some(format!("{name} runs at {}", schedule.unwrap_or("its daily default"))),
    })
}
