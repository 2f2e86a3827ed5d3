use config_item::{Item, views::backup};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Recovery points are encrypted.
    ///
    /// A backup holds all that the resource held, and outlives it. Backups of some services are encrypted with the
    /// vault's key, of others only if the resource is; the recovery point itself says how it ended.
    pub struct BackupRecoveryPointEncrypted {
        id: "backup-recovery-point-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("BACKUP_RECOVERY_POINT_ENCRYPTED"),
        remediation: "A recovery point can't be encrypted in place: encrypt the resource, back it up again with `aws backup start-backup-job`, or copy the recovery point into a vault with a key where its service allows it, `aws backup start-copy-job`; then delete the old one with `aws backup delete-recovery-point`.",
    }
}

impl Rule for BackupRecoveryPointEncrypted {
    type View = backup::RecoveryPoint;
    type Params = Params;

    fn evaluate(point: &Item<'_, backup::RecoveryPoint>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(match point.is_encrypted()? {
            Some(true) => Verdict::Compliant,
            Some(false) => Verdict::non_compliant("the recovery point is not encrypted"),
            None => Verdict::non_compliant("the item does not say whether the recovery point is encrypted"),
        })
    }
}
