use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// OpenSearch domains send their audit log to CloudWatch Logs.
    ///
    /// The audit log says who signed in, who failed to, and who read or changed what. Without it, nobody can tell whose
    /// records were looked at.
    pub struct OpensearchAuditLoggingEnabled {
        id: "opensearch-audit-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_AUDIT_LOGGING_ENABLED"),
        remediation: "Turn fine-grained access control on, then send the audit log to a log group: `aws opensearch update-domain-config --domain-name <name> --log-publishing-options 'AUDIT_LOGS={CloudWatchLogsLogGroupArn=<arn>,Enabled=true}'`. Choose in Dashboards, under Security, what is audited.",
    }
    params {
        /// The log groups that the audit log may go to, by ARN, with or without `:*` at the end.
        log_groups: Vec<String>, "cloudWatchLogsLogGroupArnList";
    }
}

impl Rule for OpensearchAuditLoggingEnabled {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let audit_log = domain.log_publishing()?.map_or(Ok(None), opensearch::LogPublishing::audit_logs)?;
        let enabled = audit_log.map_or(Ok(None), opensearch::LogPublishingOption::enabled)?;
        if enabled != Some(true) {
            return Ok(Verdict::non_compliant("the audit log is not sent to CloudWatch Logs"));
        }
        let Some(accepted) = &params.log_groups else { return Ok(Verdict::Compliant) };
        let group = audit_log.map_or(Ok(None), opensearch::LogPublishingOption::log_group_arn)?;
        Ok(match group {
            Some(group) if accepted.iter().any(|one| plain(one) == plain(group)) => Verdict::Compliant,
            Some(group) => Verdict::non_compliant(format!(
                "the audit log goes to {}, which is not in cloudWatchLogsLogGroupArnList",
                plain(group)
            )),
            None => Verdict::non_compliant("the item does not say which log group the audit log goes to"),
        })
    }
}

/// AWS writes the ARN of a log group with `:*` at the end and without.
fn plain(arn: &str) -> &str {
    arn.strip_suffix(":*").unwrap_or(arn)
}
