use config_item::{Item, views::elasticbeanstalk as eb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::terminated;
use crate::words::{all_of, count};

rule! {
    /// Elastic Beanstalk environments send their logs to CloudWatch Logs.
    ///
    /// Logs on an instance go with the instance, and the group replaces instances as it likes. Where
    /// `RetentionInDays` or `DeleteOnTerminate` are given, those options must be exactly so.
    ///
    /// Not applicable to terminated environments.
    pub struct ElasticBeanstalkLogsToCloudwatch {
        id: "elastic-beanstalk-logs-to-cloudwatch",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH"),
        remediation: "Turn log streaming on: `aws elasticbeanstalk update-environment --environment-id <id> --option-settings Namespace=aws:elasticbeanstalk:cloudwatch:logs,OptionName=StreamLogs,Value=true`; likewise `RetentionInDays` and `DeleteOnTerminate`.",
    }
    params {
        /// Days that logs must be kept, exactly.
        retention: u32, "RetentionInDays";
        /// Whether logs must be deleted with the environment (`true`) or outlive it (`false`).
        delete_on_terminate: bool, "DeleteOnTerminate";
    }
}

impl Rule for ElasticBeanstalkLogsToCloudwatch {
    type View = eb::Environment;
    type Params = Params;

    fn evaluate(environment: &Item<'_, eb::Environment>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = terminated(environment)? {
            return Ok(verdict);
        }
        let logs = environment.option_settings()?.map_or(Ok(None), eb::OptionSettings::logs)?;
        let streams = logs.map_or(Ok(None), eb::Logs::stream_logs)?.map_or(Ok(None), eb::SwitchOption::value)?;
        match streams {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("log streaming is off")),
            None => return Ok(Verdict::non_compliant("the item does not say whether log streaming is on")),
        }
        let mut findings = Vec::new();
        if let Some(required) = params.retention {
            let days = logs.map_or(Ok(None), eb::Logs::retention_in_days)?.map_or(Ok(None), eb::NumberOption::value)?;
            match days {
                Some(days) if days == i64::from(required) => {}
                Some(days) => {
                    findings.push(format!("logs are kept {}, not the required {required}", count(days, "day")));
                }
                None => findings.push("the item does not say how long logs are kept".to_owned()),
            }
        }
        if let Some(required) = params.delete_on_terminate {
            let deleted =
                logs.map_or(Ok(None), eb::Logs::delete_on_terminate)?.map_or(Ok(None), eb::SwitchOption::value)?;
            match deleted {
                Some(deleted) if deleted == required => {}
                Some(deleted) => findings.push(format!("DeleteOnTerminate is {deleted}, not the required {required}")),
                None => findings.push("the item does not say whether logs go with the environment".to_owned()),
            }
        }
        Ok(all_of(&findings))
    }
}
