use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};
use iam_policy::plain_http_gap;

use super::encryption::{by_default, is_known};
use super::lifecycle::{enabled_rules, expiration_days};
use super::names::is_named;
use super::policy::{bucket_arn, bucket_policy};
use super::public_access::bucket_gap;
use crate::words::{all_of, count};

rule! {
    /// Buckets that archive logs are locked down and keep logs for six years.
    ///
    /// Logs are the evidence of everything else. A bucket that `logBuckets` names must keep versions, encrypt by
    /// default, block public access with all four settings, refuse plain HTTP in its policy, and have no enabled
    /// lifecycle rule by which objects expire sooner than `minRetentionDays` (HIPAA asks for documentation to be kept
    /// for six years, 45 CFR 164.316(b)(2)(i)). A rule with a fixed day of expiration deletes young objects with the old
    /// ones and is noncompliant. Old versions may expire sooner: the log itself stays.
    ///
    /// Not applicable to all other buckets, and so to all where `logBuckets` is not given.
    pub struct S3LogArchiveBucketHardened {
        id: "s3-log-archive-bucket-hardened",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Mend what the reason names: `aws s3api put-bucket-versioning`, `put-bucket-encryption`, `put-public-access-block`, `put-bucket-policy` with a statement that denies requests whose `aws:SecureTransport` is false, and `put-bucket-lifecycle-configuration` with an expiration of 2190 days or none.",
    }
    params {
        /// The buckets that archive logs, by name.
        log_buckets: Vec<String>, "logBuckets";
        /// Fewest days that logs must be kept.
        min_retention_days: u32 = 2190_u32, "minRetentionDays";
    }
}

impl Rule for S3LogArchiveBucketHardened {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, cx: &Context) -> Result<Verdict, CannotJudge> {
        if !is_named(bucket, params.log_buckets.as_deref().unwrap_or_default())? {
            return Ok(Verdict::not_applicable("the bucket is not in logBuckets"));
        }
        let gaps = [
            versioning_gap(bucket)?,
            encryption_gap(bucket)?,
            bucket_gap(bucket.public_access_block()?)?.map(|_| "public access is not fully blocked".to_owned()),
            transport_gap(bucket, cx)?,
            retention_gap(bucket, params.min_retention_days)?,
        ];
        let gaps: Vec<_> = gaps.into_iter().flatten().collect();
        Ok(all_of(&gaps))
    }
}

fn versioning_gap(bucket: &s3::Bucket) -> Result<Option<String>, CannotJudge> {
    let status = match bucket.versioning()? {
        Some(versioning) => versioning.status()?,
        None => None,
    };
    let enabled = status.is_some_and(|status| status.eq_ignore_ascii_case("Enabled"));
    Ok((!enabled).then(|| "versioning is not enabled".to_owned()))
}

fn encryption_gap(bucket: &s3::Bucket) -> Result<Option<String>, CannotJudge> {
    let encrypts = by_default(bucket)?.is_some_and(|(_, algorithm)| is_known(algorithm));
    Ok((!encrypts).then(|| "there is no default encryption".to_owned()))
}

fn transport_gap(bucket: &Item<'_, s3::Bucket>, cx: &Context) -> Result<Option<String>, CannotJudge> {
    let refused =
        bucket_policy(bucket)?.is_some_and(|policy| plain_http_gap(policy, &bucket_arn(bucket, cx)).is_none());
    Ok((!refused).then(|| "the policy does not refuse plain HTTP".to_owned()))
}

fn retention_gap(bucket: &s3::Bucket, required: u32) -> Result<Option<String>, CannotJudge> {
    for rule in enabled_rules(bucket)? {
        if rule.expiration_date()?.is_some() {
            return Ok(Some("a lifecycle rule deletes objects on a fixed day".to_owned()));
        }
        if let Some(days) = expiration_days(rule)?
            && days < i64::from(required)
        {
            return Ok(Some(format!("objects expire after {}, sooner than {required}", count(days, "day"))));
        }
    }
    Ok(None)
}
