use config_item::{Item, views::backup};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::too_few_days;
use crate::words::count;

rule! {
    /// Recovery points are kept long enough.
    ///
    /// Damage is often found weeks after it was done, and is undone only from a backup made before. A recovery point
    /// must be kept `requiredRetentionDays` from its creation, or for ever: one without a lifecycle is never deleted by
    /// AWS Backup, and neither is one with -1 days.
    pub struct BackupRecoveryPointMinimumRetentionCheck {
        id: "backup-recovery-point-minimum-retention-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK"),
        remediation: "Lengthen its life: `aws backup update-recovery-point-lifecycle --backup-vault-name <vault> --recovery-point-arn <ARN> --lifecycle DeleteAfterDays=35`, and set the same in the rule of the plan that made it.",
    }
    params {
        /// Fewest days that a recovery point is kept.
        retention: u32 = 35_u32, "requiredRetentionDays";
    }
}

impl Rule for BackupRecoveryPointMinimumRetentionCheck {
    type View = backup::RecoveryPoint;
    type Params = Params;

    fn evaluate(point: &Item<'_, backup::RecoveryPoint>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let delete_after_days = match point.lifecycle()? {
            Some(lifecycle) => lifecycle.delete_after_days()?,
            None => None,
        };
        Ok(match too_few_days(delete_after_days, params.retention) {
            None => Verdict::Compliant,
            Some(days) => Verdict::non_compliant(format!(
                "the recovery point is kept {}, fewer than the required {}",
                count(days, "day"),
                params.retention
            )),
        })
    }
}
