use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::differs;
use crate::words::{all_of, count};

rule! {
    /// Redshift clusters are maintained as set: new versions, window, retention.
    ///
    /// With version upgrades allowed, Redshift installs new versions of its engine, and the fixes in them, in the
    /// maintenance window. The settings are compared with the parameters: upgrades must be allowed unless
    /// `allowVersionUpgrade` is false.
    ///
    /// AWS's rule asks for exactly 1 day of snapshot retention unless `automatedSnapshotRetentionPeriod` says
    /// otherwise, which would forbid any longer one; this rule judges the retention only where the parameter is given.
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftClusterMaintenancesettingsCheck {
        id: "redshift-cluster-maintenancesettings-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK"),
        remediation: "Set what differs: `aws redshift modify-cluster --allow-version-upgrade --preferred-maintenance-window <window> --automated-snapshot-retention-period <days> --cluster-identifier <name>`.",
    }
    params {
        /// Whether version upgrades must be allowed; `false` requires that they are not.
        upgrade: bool = true, "allowVersionUpgrade";
        /// Weekly maintenance window required, in UTC: `tue:10:00-tue:10:30`.
        window: String, "preferredMaintenanceWindow";
        /// Exact days that automated snapshots must be kept.
        retention: u32, "automatedSnapshotRetentionPeriod";
    }
}

impl Rule for RedshiftClusterMaintenancesettingsCheck {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let mut faults = Vec::new();
        faults.extend(differs("automatic version upgrade", cluster.allow_version_upgrade()?, params.upgrade));
        if let Some(required) = &params.window {
            let window = cluster.preferred_maintenance_window()?.unwrap_or("not set");
            if !window.eq_ignore_ascii_case(required) {
                faults.push(format!("the maintenance window is {window}, not the required {required}"));
            }
        }
        if let Some(required) = params.retention {
            match cluster.automated_snapshot_retention_period()? {
                Some(days) if days == i64::from(required) => {}
                Some(days) => {
                    let kept = count(days, "day");
                    faults.push(format!("automated snapshots are kept {kept}, not the required {required}"));
                }
                None => faults.push("the item does not say how long automated snapshots are kept".to_owned()),
            }
        }
        Ok(all_of(&faults))
    }
}
