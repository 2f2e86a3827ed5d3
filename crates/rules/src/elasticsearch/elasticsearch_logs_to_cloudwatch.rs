use config_item::{Item, views::elasticsearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::opensearch::domain::{Log, LogTypes, logs_sent};

rule! {
    /// Elasticsearch domains send logs to CloudWatch Logs.
    ///
    /// A domain keeps no logs for its owner. What is not sent to CloudWatch Logs is lost: who searched slowly, what
    /// failed, who did what. Without `logTypes`, one log of any kind is enough, as for AWS's managed rule; a log counts
    /// only where it is turned on and names its log group.
    pub struct ElasticsearchLogsToCloudwatch {
        id: "elasticsearch-logs-to-cloudwatch",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELASTICSEARCH_LOGS_TO_CLOUDWATCH"),
        remediation: "Make a log group whose policy lets `es.amazonaws.com` write to it, and send the logs there: `aws es update-elasticsearch-domain-config --domain-name <name> --log-publishing-options 'ES_APPLICATION_LOGS={CloudWatchLogsLogGroupArn=<arn>,Enabled=true}'`, likewise `SEARCH_SLOW_LOGS` and `INDEX_SLOW_LOGS`.",
    }
    params {
        /// The logs that must be sent: `search` and `index` (what was slow), `error`, `audit`. The service's names,
        /// such as `SEARCH_SLOW_LOGS`, are understood as well.
        log_types: LogTypes, "logTypes";
    }
}

impl Rule for ElasticsearchLogsToCloudwatch {
    type View = elasticsearch::Domain;
    type Params = Params;

    fn evaluate(
        domain: &Item<'_, elasticsearch::Domain>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let publishing = domain.log_publishing()?;
        logs_sent(params.log_types.as_ref(), |log| publishing.map_or(Ok(false), |publishing| is_sent(publishing, log)))
    }
}

fn is_sent(publishing: &elasticsearch::LogPublishing, log: Log) -> Result<bool, CannotJudge> {
    let option = match log {
        Log::Search => publishing.search_slow_logs()?,
        Log::Index => publishing.index_slow_logs()?,
        Log::Error => publishing.es_application_logs()?,
        Log::Audit => publishing.audit_logs()?,
    };
    let Some(option) = option else { return Ok(false) };
    Ok(option.enabled()? == Some(true) && option.log_group_arn()?.is_some_and(|group| !group.is_empty()))
}
