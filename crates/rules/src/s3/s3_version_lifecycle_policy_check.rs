use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::lifecycle::enabled_rules;
use super::names::is_selected;

rule! {
    /// Buckets that keep old versions have a lifecycle rule.
    ///
    /// Versions pile up for ever, and with them personal data that should have been gone, unless a rule of the bucket's
    /// lifecycle moves or removes them. As in AWS's rule any enabled rule will do.
    ///
    /// Not applicable to buckets whose versioning is not enabled, nor to those that `bucketNames` does not name.
    pub struct S3VersionLifecyclePolicyCheck {
        id: "s3-version-lifecycle-policy-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_VERSION_LIFECYCLE_POLICY_CHECK"),
        remediation: "Add a rule for old versions: `aws s3api put-bucket-lifecycle-configuration --bucket <bucket> --lifecycle-configuration '{\"Rules\": [{\"ID\": \"old-versions\", \"Status\": \"Enabled\", \"Filter\": {}, \"NoncurrentVersionExpiration\": {\"NoncurrentDays\": 365}}]}'`. The command replaces the rules that are there.",
    }
    params {
        /// The buckets to judge; without it all are.
        buckets: Vec<String>, "bucketNames";
    }
}

impl Rule for S3VersionLifecyclePolicyCheck {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if !is_selected(bucket, params.buckets.as_deref())? {
            return Ok(Verdict::not_applicable("the bucket is not in bucketNames"));
        }
        let status = match bucket.versioning()? {
            Some(versioning) => versioning.status()?,
            None => None,
        };
        if !status.is_some_and(|status| status.eq_ignore_ascii_case("Enabled")) {
            return Ok(Verdict::not_applicable("the bucket's versioning is not enabled"));
        }
        Ok(if enabled_rules(bucket)?.is_empty() {
            Verdict::non_compliant("old versions are kept, and no lifecycle rule is enabled")
        } else {
            Verdict::Compliant
        })
    }
}
