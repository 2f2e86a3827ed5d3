use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

rule! {
    /// RDS instances report the metrics of their operating system.
    ///
    /// Enhanced monitoring shows what runs on the database's host: processes, memory, disks. CloudWatch's own metrics
    /// come from outside, once a minute. An interval of 0 seconds is off.
    ///
    /// Never not applicable to a recorded instance.
    pub struct RdsEnhancedMonitoringEnabled {
        id: "rds-enhanced-monitoring-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_ENHANCED_MONITORING_ENABLED"),
        remediation: "Turn it on: `aws rds modify-db-instance --monitoring-interval 60 --monitoring-role-arn <role> --apply-immediately --db-instance-identifier <name>`. The role must trust `monitoring.rds.amazonaws.com` and have the policy `AmazonRDSEnhancedMonitoringRole`.",
    }
    params {
        /// Seconds between measurements required: 1, 5, 10, 15, 30 or 60. Without it, any interval will do.
        interval: u32, "monitoringInterval";
    }
}

impl Rule for RdsEnhancedMonitoringEnabled {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(seconds) = db.monitoring_interval()? else {
            return Ok(Verdict::non_compliant("the item does not say whether enhanced monitoring is on"));
        };
        if seconds <= 0 {
            return Ok(Verdict::non_compliant("enhanced monitoring is off (interval 0 seconds)"));
        }
        match params.interval {
            Some(required) if seconds != i64::from(required) => Ok(Verdict::non_compliant(format!(
                "enhanced monitoring measures every {}, not every {required} as required",
                count(seconds, "second")
            ))),
            _ => Ok(Verdict::Compliant),
        }
    }
}
