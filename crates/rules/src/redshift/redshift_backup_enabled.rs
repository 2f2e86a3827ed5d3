use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::count;

rule! {
    /// Redshift clusters take automated snapshots.
    ///
    /// A cluster is restored from its automated snapshots. They are on while they are kept for more than 0 days; how
    /// long is judged only where `MinRetentionPeriod` or `MaxRetentionPeriod` is given, both ends included.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftBackupEnabled {
        id: "redshift-backup-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_BACKUP_ENABLED"),
        remediation: "Keep automated snapshots: `aws redshift modify-cluster --automated-snapshot-retention-period 35 --cluster-identifier <name>`.",
    }
    params {
        /// Fewest days of retention accepted.
        minimum: u32, "MinRetentionPeriod";
        /// Most days of retention accepted.
        maximum: u32, "MaxRetentionPeriod";
    }
}

impl Rule for RedshiftBackupEnabled {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(days) = cluster.automated_snapshot_retention_period()? else {
            return Ok(Verdict::non_compliant("the item does not say how long automated snapshots are kept"));
        };
        if days <= 0 {
            return Ok(Verdict::non_compliant("automated snapshots are off (retention 0 days)"));
        }
        let kept = count(days, "day");
        Ok(match (params.minimum, params.maximum) {
            (Some(minimum), _) if days < i64::from(minimum) => Verdict::non_compliant(format!(
                "automated snapshots are kept {kept}, fewer than the required {minimum}"
            )),
            (_, Some(maximum)) if days > i64::from(maximum) => {
                Verdict::non_compliant(format!("automated snapshots are kept {kept}, more than the accepted {maximum}"))
            }
            _ => Verdict::Compliant,
        })
    }
}
