use config_item::{Item, views::cloudtrail};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Trails encrypt their log files with a KMS key.
    ///
    /// Log files name people, machines and what they did. With a KMS key, reading them takes leave to use the key besides
    /// leave to read the bucket, and each use of the key is on record. AWS's managed rule looks once a day, this one at
    /// each change.
    pub struct CloudTrailEncryptionEnabled {
        id: "cloud-trail-encryption-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("CLOUD_TRAIL_ENCRYPTION_ENABLED"),
        remediation: "Let CloudTrail use a key (a statement in the key's policy for `cloudtrail.amazonaws.com`), then: `aws cloudtrail update-trail --name <trail> --kms-key-id <key>`. Log files already written stay as they are.",
    }
}

impl Rule for CloudTrailEncryptionEnabled {
    type View = cloudtrail::Trail;
    type Params = Params;

    fn evaluate(trail: &Item<'_, cloudtrail::Trail>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(match trail.kms_key_id()? {
            Some(key) if !key.is_empty() => Verdict::Compliant,
            _ => Verdict::non_compliant("the trail has no KMS key to encrypt its log files with"),
        })
    }
}
