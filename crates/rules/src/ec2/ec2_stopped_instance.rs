use config_item::{Item, parse_timestamp, views::ec2};
use config_rule::{CannotJudge, Context, Frequency, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use jiff::{SignedDuration, Timestamp};

use super::in_state;
use crate::words::count;

rule! {
    /// Stopped instances are not kept for long.
    ///
    /// An instance that is stopped misses its patches, and its disks still hold what they held. Days are counted from
    /// the time in the item's transition reason, `User initiated (2026-01-05 12:34:56 GMT)`, to the moment of the
    /// judgement, so time alone turns the verdict and the rule runs on a schedule as well. As with AWS's rule, a stopped
    /// instance without such a time is noncompliant.
    ///
    /// Not applicable to terminated instances.
    pub struct Ec2StoppedInstance {
        id: "ec2-stopped-instance",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChangeAndPeriodic(Frequency::TwentyFourHours),
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_STOPPED_INSTANCE"),
        remediation: "Start the instance if it is needed; else make a snapshot of what must be kept and terminate it: `aws ec2 terminate-instances --instance-ids <instance>`.",
    }
    params {
        /// An instance may be stopped for so many days.
        days: u32 = 30_u32, "AllowedDays";
    }
}

impl Rule for Ec2StoppedInstance {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, params: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated"])? {
            return Ok(verdict);
        }
        match instance.state()? {
            Some(state) if state.eq_ignore_ascii_case("stopped") => {}
            Some(_) => return Ok(Verdict::Compliant),
            None => return Ok(Verdict::non_compliant("the item does not say whether the instance is stopped")),
        }
        let Some(since) = instance.state_transition_reason()?.and_then(time_of) else {
            return Ok(Verdict::non_compliant("the instance is stopped, and the item does not say since when"));
        };
        let stopped = cx.now.duration_since(since);
        if stopped > SignedDuration::from_hours(24 * i64::from(params.days)) {
            return Ok(Verdict::non_compliant(format!(
                "the instance is stopped since {}, for longer than the allowed {}",
                since.strftime("%Y-%m-%d"),
                count(i64::from(params.days), "day")
            )));
        }
        Ok(Verdict::Compliant)
    }
}

/// The time in `User initiated (2026-01-05 12:34:56 GMT)`.
fn time_of(reason: &str) -> Option<Timestamp> {
    let (_, after) = reason.rsplit_once('(')?;
    let (time, _) = after.split_once(')')?;
    parse_timestamp(time.trim_end_matches("GMT").trim_end_matches("UTC"))
}
