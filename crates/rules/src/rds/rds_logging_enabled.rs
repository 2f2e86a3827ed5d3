use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use super::{missing_logs, not_settled};

rule! {
    /// RDS instances export their logs to CloudWatch Logs.
    ///
    /// The logs on the instance are kept for days and go with it. Which ones must be exported depends on the engine;
    /// they are those of AWS's rule, as Security Hub lists them: Oracle's alert, audit, listener and trace;
    /// PostgreSQL's postgresql and upgrade; audit, error, general and slowquery of MySQL, MariaDB and Aurora MySQL; SQL
    /// Server's agent and error; Aurora PostgreSQL's postgresql. For Db2, of which that list is silent, they are all
    /// that RDS exports: diag.log and notify.log.
    ///
    /// Members of Aurora clusters are judged by what their own item lists, as with AWS's rule. Not applicable to
    /// engines that export nothing (DocumentDB, Neptune, RDS Custom), and to instances that are not in one of the
    /// statuses `available`, `backing-up`, `storage-optimization`, `storage-full`.
    pub struct RdsLoggingEnabled {
        id: "rds-logging-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_LOGGING_ENABLED"),
        remediation: "Export the logs: `aws rds modify-db-instance --db-instance-identifier <name> --cloudwatch-logs-export-configuration '{\"EnableLogTypes\":[\"error\"]}'` with the missing ones (for a member of a cluster, `modify-db-cluster` on the cluster), and have the engine write them: parameters such as `general_log`, and for MySQL's audit log the option `MARIADB_AUDIT_PLUGIN`.",
    }
    params {
        /// Logs required besides, by engine: `oracle: oemagent; mysql: iam-db-auth-error`. `oracle`, `sqlserver`, `db2`
        /// and `aurora` stand for all their editions, `aurora` for those of MySQL.
        additional: AdditionalLogs, "additionalLogs";
    }
}

impl Rule for RdsLoggingEnabled {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_settled(db)? {
            return Ok(verdict);
        }
        let Some(engine) = db.engine()? else {
            return Ok(Verdict::non_compliant("the item does not say which engine the instance has"));
        };
        let Some((family, logs)) = family(engine) else {
            return Ok(Verdict::not_applicable(format!("the engine {engine} exports no logs")));
        };
        let additional = params.additional.iter().flat_map(|additional| additional.of(engine, family));
        let missing = missing_logs(additional.chain(logs.iter().copied()), db.log_exports()?);
        if missing.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "the instance does not export these logs to CloudWatch Logs: {}",
            missing.join(", ")
        )))
    }
}

/// The logs that each family of engines must export. A family's engines are its name, or begin with it and a dash.
const FAMILIES: &[(&str, &[&str])] = &[
    ("aurora-postgresql", &["postgresql"]),
    ("aurora", &["audit", "error", "general", "slowquery"]),
    ("db2", &["diag.log", "notify.log"]),
    ("mariadb", &["audit", "error", "general", "slowquery"]),
    ("mysql", &["audit", "error", "general", "slowquery"]),
    ("oracle", &["alert", "audit", "listener", "trace"]),
    ("postgres", &["postgresql", "upgrade"]),
    ("sqlserver", &["agent", "error"]),
];

fn family(engine: &str) -> Option<(&'static str, &'static [&'static str])> {
    let belongs =
        |family: &str| engine.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    FAMILIES.iter().copied().find(|(family, _)| belongs(family))
}

/// Logs by engine or family of engines.
#[derive(Clone, Debug)]
pub struct AdditionalLogs(Vec<(String, Vec<String>)>);

impl AdditionalLogs {
    fn of(&self, engine: &str, family: &str) -> impl Iterator<Item = &str> {
        let listed = self.0.iter().filter(move |(name, _)| name == engine || name == family);
        listed.flat_map(|(_, logs)| logs).map(String::as_str)
    }
}

impl Parameter for AdditionalLogs {
    const ACCEPTS: &'static str = "logs by engine, such as `oracle: oemagent; mysql: iam-db-auth-error`";

    fn parse(text: &str) -> Option<Self> {
        let entries = text.split(';').filter(|entry| !entry.trim().is_empty());
        let logs: Vec<_> = entries
            .map(|entry| {
                let (engine, logs) = entry.split_once(':')?;
                let engine = engine.trim().to_ascii_lowercase();
                family(&engine)?;
                Some((engine, Vec::parse(logs)?))
            })
            .collect::<Option<_>>()?;
        (!logs.is_empty()).then_some(Self(logs))
    }

    fn show(&self) -> String {
        let entries: Vec<_> = self.0.iter().map(|(engine, logs)| format!("{engine}: {}", logs.join(", "))).collect();
        entries.join("; ")
    }
}
