use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::audit_logging;
use crate::switches::must_be_on;

rule! {
    /// Redshift clusters write an audit log.
    ///
    /// The audit log says who connected and what they changed, and with the parameter `enable_user_activity_logging`
    /// what they asked; the cluster's own tables forget it after days. Where `bucketNames` is given, the log must go to
    /// one of those buckets, so that one which goes to CloudWatch Logs is noncompliant then.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftAuditLoggingEnabled {
        id: "redshift-audit-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_AUDIT_LOGGING_ENABLED"),
        remediation: "Turn the log on: `aws redshift enable-logging --bucket-name <bucket> --cluster-identifier <name>`. The bucket's policy must let Redshift write to it.",
    }
    params {
        /// Buckets that the log may go to. Without it, any destination will do.
        buckets: Vec<String>, "bucketNames";
    }
}

impl Rule for RedshiftAuditLoggingEnabled {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match audit_logging(cluster)? {
            Some(true) => {}
            enabled => return Ok(must_be_on("audit logging", enabled)),
        }
        let Some(accepted) = &params.buckets else { return Ok(Verdict::Compliant) };
        let bucket = match cluster.logging_status()? {
            Some(status) => status.bucket_name()?,
            None => None,
        };
        match bucket {
            Some(bucket) if accepted.iter().any(|accepted| accepted == bucket) => Ok(Verdict::Compliant),
            Some(bucket) => Ok(Verdict::non_compliant(format!(
                "the audit log goes to the bucket {bucket}, not to one of {}",
                accepted.join(", ")
            ))),
            None => Ok(Verdict::non_compliant("the item names no bucket that the audit log goes to")),
        }
    }
}
