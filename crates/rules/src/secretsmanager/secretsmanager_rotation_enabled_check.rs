use config_item::{
    Item,
    views::secretsmanager::{self, RotationRules},
};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

const HOURS_A_DAY: i64 = 24;

rule! {
    /// Secrets are rotated by themselves.
    ///
    /// A password that changes every month is worth little to whoever copied it last year. Rotation must be on; where
    /// parameters say how often, the interval must not be longer. It is taken from the hours or days between rotations
    /// or from a `rate(...)` schedule; a `cron(...)` schedule without them does not show an interval and is noncompliant
    /// then.
    ///
    /// Not applicable to secrets that are deleted and only kept until they can't be restored any more.
    pub struct SecretsmanagerRotationEnabledCheck {
        id: "secretsmanager-rotation-enabled-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SECRETSMANAGER_ROTATION_ENABLED_CHECK"),
        remediation: "Turn rotation on: `aws secretsmanager rotate-secret --secret-id <secret> --rotation-lambda-arn <function> --rotation-rules AutomaticallyAfterDays=30`. Secrets that a service manages, such as RDS's master passwords, need no function.",
    }
    params {
        /// Longest interval between rotations accepted, in hours.
        max_hours: u32, "maximumAllowedRotationFrequencyInHours";
        /// Longest interval between rotations accepted, in days.
        max_days: u32, "maximumAllowedRotationFrequency";
    }
}

impl Rule for SecretsmanagerRotationEnabledCheck {
    type View = secretsmanager::Secret;
    type Params = Params;

    fn evaluate(
        secret: &Item<'_, secretsmanager::Secret>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        if secret.deleted()? == Some(true) {
            return Ok(Verdict::not_applicable("the secret is deleted"));
        }
        match secret.rotation_enabled()? {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("rotation is off")),
            None => return Ok(Verdict::non_compliant("the item does not say whether rotation is on")),
        }
        let limits = [params.max_hours.map(i64::from), params.max_days.map(|days| i64::from(days) * HOURS_A_DAY)];
        let Some(limit) = limits.into_iter().flatten().min() else { return Ok(Verdict::Compliant) };
        let interval = match secret.rotation_rules()? {
            Some(rules) => interval_in_hours(rules)?,
            None => None,
        };
        Ok(match interval {
            None => Verdict::non_compliant("the item does not say how often the secret is rotated"),
            Some(hours) if hours > limit => Verdict::non_compliant(format!(
                "the secret is rotated every {}, less often than every {}",
                interval_in_words(hours),
                interval_in_words(limit)
            )),
            Some(_) => Verdict::Compliant,
        })
    }
}

fn interval_in_hours(rules: &RotationRules) -> Result<Option<i64>, CannotJudge> {
    if let Some(hours) = rules.automatically_after_hours()?.filter(|hours| *hours > 0) {
        return Ok(Some(hours));
    }
    if let Some(days) = rules.automatically_after_days()?.filter(|days| *days > 0) {
        return Ok(Some(days.saturating_mul(HOURS_A_DAY)));
    }
    Ok(rules.rotation_schedule_expression()?.and_then(rate_in_hours))
}

/// The hours of a schedule like `rate(10 days)`.
fn rate_in_hours(schedule: &str) -> Option<i64> {
    let rate = schedule.trim().strip_prefix("rate(")?.strip_suffix(')')?;
    let (number, unit) = rate.trim().split_once(' ')?;
    let number: i64 = number.parse().ok()?;
    match unit.trim() {
        "hour" | "hours" => Some(number),
        "day" | "days" => number.checked_mul(HOURS_A_DAY),
        _ => None,
    }
}

fn interval_in_words(hours: i64) -> String {
    if hours % HOURS_A_DAY == 0 { count(hours / HOURS_A_DAY, "day") } else { count(hours, "hour") }
}
