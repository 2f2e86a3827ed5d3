use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Choice, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{is_cluster_member, is_read_replica};
use crate::words::count;

rule! {
    /// RDS instances keep automated backups long enough.
    ///
    /// A database is restored from its automated backups; how far back depends on the days that they are kept. 35 days
    /// is the most that RDS keeps, and what this rule asks for where no parameter says otherwise. AWS's managed rule
    /// accepts any retention above 0 unless it is given a minimum.
    ///
    /// Not applicable to members of a cluster (the cluster keeps their backups), to an instance that is still being
    /// created, and to read replicas where `checkReadReplicas` is false.
    pub struct DbInstanceBackupEnabled {
        id: "db-instance-backup-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("DB_INSTANCE_BACKUP_ENABLED"),
        remediation: "Set the instance's backup retention period: `aws rds modify-db-instance --backup-retention-period 35 --apply-immediately --db-instance-identifier <name>`. From 0, this starts a first backup, during which a Single-AZ instance's I/O may pause.",
    }
    params {
        /// Fewest days of retention accepted. The default is not asked for where `backupRetentionPeriod` is given.
        minimum: Choice<u32> = 35_u32, "backupRetentionMinimum";
        /// Exact days of retention required.
        exact: u32, "backupRetentionPeriod";
        /// Whether read replicas are judged too. A replica of MySQL or MariaDB has no automated backups unless they are
        /// turned on for it.
        check_read_replicas: bool = true, "checkReadReplicas";
        /// Daily backup window required, in UTC: `08:50-09:20`.
        window: String, "preferredBackupWindow";
    }
}

impl Rule for DbInstanceBackupEnabled {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(why) = not_applicable(db, params)? {
            return Ok(Verdict::not_applicable(why));
        }
        let Some(days) = db.backup_retention_period()? else {
            return Ok(Verdict::non_compliant("the item does not say how long backups are kept"));
        };
        if days <= 0 {
            return Ok(Verdict::non_compliant("automated backups are off (retention 0 days)"));
        }
        let kept = count(days, "day");
        if let Some(exact) = params.exact
            && days != i64::from(exact)
        {
            return Ok(Verdict::non_compliant(format!("backups are kept {kept}, not the required {exact}")));
        }
        let minimum = match (params.minimum, params.exact) {
            (Choice::Given(minimum), _) | (Choice::Default(minimum), None) => minimum,
            (Choice::Default(_), Some(exact)) => exact,
        };
        if days < i64::from(minimum) {
            return Ok(Verdict::non_compliant(format!("backups are kept {kept}, fewer than the required {minimum}")));
        }
        if let Some(required) = &params.window {
            let window = db.preferred_backup_window()?.unwrap_or("not set");
            if window != required {
                return Ok(Verdict::non_compliant(format!(
                    "the backup window is {window}, not the required {required}"
                )));
            }
        }
        Ok(Verdict::Compliant)
    }
}

fn not_applicable(db: &rds::DbInstance, params: &Params) -> Result<Option<&'static str>, CannotJudge> {
    if is_cluster_member(db)? {
        return Ok(Some("the instance is a member of a cluster, which keeps its backups"));
    }
    if db.status()? == Some("creating") {
        return Ok(Some("the instance is being created"));
    }
    if is_read_replica(db)? && !params.check_read_replicas {
        return Ok(Some("the instance is a read replica, and checkReadReplicas is false"));
    }
    Ok(None)
}
