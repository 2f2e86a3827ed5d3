use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::missing_logs;

rule! {
    /// Aurora clusters export their logs to CloudWatch Logs.
    ///
    /// The log on the instance is gone after days and with the instance. An Aurora MySQL cluster must export its audit
    /// log, an Aurora PostgreSQL cluster its `postgresql` log, which pgAudit writes to; further logs are asked for with
    /// `requiredLogs`. AWS has a managed rule for each of the two engines.
    ///
    /// Whether the engine writes an audit log at all is set in the parameter group and is not in the item.
    ///
    /// Not applicable to engines other than Aurora.
    pub struct RdsClusterLoggingEnabled {
        id: "rds-cluster-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Export the log: `aws rds modify-db-cluster --db-cluster-identifier <name> --cloudwatch-logs-export-configuration '{\"EnableLogTypes\":[\"audit\"]}'`, or `postgresql`. For Aurora MySQL set `server_audit_logging` to 1 in the cluster's parameter group as well.",
    }
    params {
        /// Logs that must be exported besides.
        required_logs: Vec<String>, "requiredLogs";
    }
}

impl Rule for RdsClusterLoggingEnabled {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let own = match cluster.engine()? {
            Some("aurora-mysql" | "aurora") => "audit",
            Some("aurora-postgresql") => "postgresql",
            Some(engine) => {
                return Ok(Verdict::not_applicable(format!("the cluster's engine is {engine}, not Aurora")));
            }
            None => return Ok(Verdict::non_compliant("the item does not say which engine the cluster has")),
        };
        let further = params.required_logs.iter().flatten().map(String::as_str);
        let missing = missing_logs(further.chain([own]), cluster.log_exports()?);
        if missing.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "the cluster does not export these logs to CloudWatch Logs: {}",
            missing.join(", ")
        )))
    }
}
