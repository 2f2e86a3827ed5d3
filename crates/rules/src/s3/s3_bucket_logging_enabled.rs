use config_item::{Item, views::s3};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Buckets keep a log of the requests to them.
    ///
    /// Who read a patient's document, and when, is in the server access log, if there is one. Where parameters name a
    /// bucket or a prefix for the log, it must be that one. A bucket that holds the logs of others is judged like any
    /// other. Never not applicable.
    pub struct S3BucketLoggingEnabled {
        id: "s3-bucket-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("S3_BUCKET_LOGGING_ENABLED"),
        remediation: "Name a bucket for the log: `aws s3api put-bucket-logging --bucket <bucket> --bucket-logging-status '{\"LoggingEnabled\": {\"TargetBucket\": \"<log bucket>\", \"TargetPrefix\": \"<bucket>/\"}}'`.",
    }
    params {
        /// The bucket that logs must be written to.
        target_bucket: String, "targetBucket";
        /// What the names of the log's objects must begin with.
        target_prefix: String, "targetPrefix";
    }
}

impl Rule for S3BucketLoggingEnabled {
    type View = s3::Bucket;
    type Params = Params;

    fn evaluate(bucket: &Item<'_, s3::Bucket>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let off = || Ok(Verdict::non_compliant("requests to the bucket are not logged"));
        let Some(logging) = bucket.logging()? else { return off() };
        let Some(destination) = logging.destination_bucket_name()?.filter(|name| !name.is_empty()) else {
            return off();
        };
        if let Some(required) = &params.target_bucket
            && destination != required
        {
            return Ok(Verdict::non_compliant(format!(
                "requests are logged to the bucket {destination}, not to the required {required}"
            )));
        }
        if let Some(required) = &params.target_prefix {
            let prefix = logging.log_file_prefix()?.unwrap_or_default();
            if prefix != required {
                return Ok(Verdict::non_compliant(format!(
                    "the log's prefix is {prefix:?}, not the required {required:?}"
                )));
            }
        }
        Ok(Verdict::Compliant)
    }
}
