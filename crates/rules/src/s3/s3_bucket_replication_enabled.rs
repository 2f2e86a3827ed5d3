use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Buckets are replicated.
    ///
    /// A copy in another bucket survives what happens to this one: a region that fails, a key that is lost, an
    /// administrator who errs. At least one rule of replication must be enabled; a disabled one beside it does no harm.
    ///
    /// AWS's managed rule can also ask whether the copy is in another region (`ReplicationType`). The item does not say
    /// in which region the other bucket is, so this rule has no such parameter. Never not applicable.
    pub struct S3BucketReplicationEnabled {
        id: "s3-bucket-replication-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_REPLICATION_ENABLED"),
        remediation: "Turn versioning on in both buckets, make a role that S3 may assume to copy, and add a rule: `aws s3api put-bucket-replication --bucket <bucket> --replication-configuration file://replication.json`.",
    }
}

impl Rule for S3BucketReplicationEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let rules = match bucket.replication()? {
            Some(replication) => replication.rules()?,
            None => None,
        };
        let Some(rules) = rules.filter(|rules| !rules.is_empty()) else {
            return Ok(Verdict::non_compliant("the bucket has no rule of replication"));
        };
        for rule in rules.values() {
            if rule.status()?.is_some_and(|status| status.eq_ignore_ascii_case("Enabled")) {
                return Ok(Verdict::Compliant);
            }
        }
        Ok(Verdict::non_compliant("no rule of the bucket's replication is enabled"))
    }
}
