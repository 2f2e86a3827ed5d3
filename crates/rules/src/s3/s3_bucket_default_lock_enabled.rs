use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Buckets have object lock.
    ///
    /// A locked object can't be deleted or overwritten before its time, not even by whoever has stolen an
    /// administrator's credentials. As in AWS's rule the lock need only be turned on; where `mode` is given, new objects
    /// must also be locked by default, in that mode. For how long is not asked. Never not applicable.
    pub struct S3BucketDefaultLockEnabled {
        id: "s3-bucket-default-lock-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_DEFAULT_LOCK_ENABLED"),
        remediation: "Turn the lock on and say how long new objects are kept: `aws s3api put-object-lock-configuration --bucket <bucket> --object-lock-configuration '{\"ObjectLockEnabled\": \"Enabled\", \"Rule\": {\"DefaultRetention\": {\"Mode\": \"COMPLIANCE\", \"Years\": 6}}}'`. The bucket needs versioning, and the lock can't be turned off again.",
    }
    params {
        /// The mode in which new objects must be locked by default: `GOVERNANCE` or `COMPLIANCE`.
        mode: Mode, "mode";
    }
}

/// How firmly objects are locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Those with a special permission may lift the lock.
    Governance,
    /// Nobody can.
    Compliance,
}

impl Mode {
    fn as_str(self) -> &'static str {
        match self {
            Self::Governance => "GOVERNANCE",
            Self::Compliance => "COMPLIANCE",
        }
    }
}

impl Parameter for Mode {
    const ACCEPTS: &'static str = "GOVERNANCE or COMPLIANCE";

    fn parse(text: &str) -> Option<Self> {
        [Self::Governance, Self::Compliance].into_iter().find(|mode| text.eq_ignore_ascii_case(mode.as_str()))
    }

    fn show(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Rule for S3BucketDefaultLockEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(lock) = bucket.object_lock()? else {
            return Ok(Verdict::non_compliant("the bucket has no object lock"));
        };
        match lock.object_lock_enabled()? {
            Some(state) if state.eq_ignore_ascii_case("Enabled") => {}
            Some(state) => return Ok(Verdict::non_compliant(format!("object lock is {state}, not Enabled"))),
            None => return Ok(Verdict::non_compliant("the item does not say whether object lock is on")),
        }
        let Some(required) = params.mode.map(Mode::as_str) else { return Ok(Verdict::Compliant) };
        let retention = match lock.rule()? {
            Some(rule) => rule.default_retention()?,
            None => None,
        };
        let mode = match retention {
            Some(retention) => retention.mode()?,
            None => None,
        };
        Ok(match mode {
            Some(mode) if mode.eq_ignore_ascii_case(required) => Verdict::Compliant,
            Some(mode) => Verdict::non_compliant(format!("new objects are locked in {mode} mode, not {required}")),
            None => {
                Verdict::non_compliant(format!("new objects are not locked by default; {required} mode is required"))
            }
        })
    }
}
