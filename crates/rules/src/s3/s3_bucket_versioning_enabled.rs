use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Buckets keep old versions of their objects.
    ///
    /// With versioning, what is overwritten or deleted by mistake, or by ransomware, can be had back. `Suspended` keeps
    /// the old versions but makes no new ones, and is not enough. MFA delete is asked for only where the parameter says
    /// so. Never not applicable.
    pub struct S3BucketVersioningEnabled {
        id: "s3-bucket-versioning-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_VERSIONING_ENABLED"),
        remediation: "Turn versioning on: `aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled`. Add a lifecycle rule that removes old versions in time.",
    }
    params {
        /// Whether MFA delete must be on (`true`) or off (`false`).
        mfa_delete: bool, "isMfaDeleteEnabled";
    }
}

impl Rule for S3BucketVersioningEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let unknown = || Ok(Verdict::non_compliant("the item does not say whether versioning is on"));
        let Some(versioning) = bucket.versioning()? else { return unknown() };
        match versioning.status()? {
            Some(status) if status.eq_ignore_ascii_case("Enabled") => {}
            Some(status) => return Ok(Verdict::non_compliant(format!("versioning is {status}, not Enabled"))),
            None => return unknown(),
        }
        let Some(required) = params.mfa_delete else { return Ok(Verdict::Compliant) };
        // AWS Config writes null where it was never turned on.
        if versioning.is_mfa_delete_enabled()?.unwrap_or(false) == required {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(if required { "MFA delete is off" } else { "MFA delete is on and must be off" }))
    }
}
