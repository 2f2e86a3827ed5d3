use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::not_of_rds;
use crate::words::count;

rule! {
    /// DB clusters keep automated backups long enough.
    ///
    /// An Aurora or Multi-AZ cluster is restored from its automated backups, and how far back depends on the days that
    /// they are kept. This rule asks for 35 days, the most that RDS keeps; AWS's managed rule asks for 7 where no
    /// parameter says otherwise.
    ///
    /// Not applicable to clusters of Neptune and DocumentDB, which share the resource type.
    pub struct RdsClusterBackupRetentionCheck {
        id: "rds-cluster-backup-retention-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_CLUSTER_BACKUP_RETENTION_CHECK"),
        remediation: "Set the cluster's backup retention period: `aws rds modify-db-cluster --backup-retention-period 35 --apply-immediately --db-cluster-identifier <name>`.",
    }
    params {
        /// Fewest days of retention accepted.
        minimum: u32 = 35_u32, "minimumBackupRetentionPeriod";
    }
}

impl Rule for RdsClusterBackupRetentionCheck {
    type View = rds::DbCluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, rds::DbCluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = not_of_rds(cluster)? {
            return Ok(verdict);
        }
        let Some(days) = cluster.backup_retention_period()? else {
            return Ok(Verdict::non_compliant("the item does not say how long backups are kept"));
        };
        if days < i64::from(params.minimum) {
            return Ok(Verdict::non_compliant(format!(
                "backups are kept {}, fewer than the required {}",
                count(days, "day"),
                params.minimum
            )));
        }
        Ok(Verdict::Compliant)
    }
}
