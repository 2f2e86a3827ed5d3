use config_item::{Item, views::cloudtrail};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// Trails write digests by which their log files can be checked.
    ///
    /// Who breaks in tidies up. With validation on, CloudTrail writes a signed digest every hour, and a log file that was
    /// changed or deleted since can be told. AWS's managed rule looks once a day, this one at each change.
    pub struct CloudTrailLogFileValidationEnabled {
        id: "cloud-trail-log-file-validation-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED"),
        remediation: "Turn validation on: `aws cloudtrail update-trail --name <trail> --enable-log-file-validation`. Check now and then: `aws cloudtrail validate-logs --trail-arn <arn> --start-time <time>`.",
    }
}

impl Rule for CloudTrailLogFileValidationEnabled {
    type View = cloudtrail::Trail;
    type Params = Params;

    fn evaluate(trail: &Item<'_, cloudtrail::Trail>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(must_be_on("log file validation", trail.log_file_validation_enabled()?))
    }
}
