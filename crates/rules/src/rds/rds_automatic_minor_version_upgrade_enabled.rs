use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// RDS instances take minor versions of their engine by themselves.
    ///
    /// Minor versions bring the fixes for known weaknesses. With the setting on, RDS installs them in the maintenance
    /// window; without it, they wait for someone to remember.
    ///
    /// Never not applicable to a recorded instance.
    pub struct RdsAutomaticMinorVersionUpgradeEnabled {
        id: "rds-automatic-minor-version-upgrade-enabled",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED"),
        remediation: "Turn it on: `aws rds modify-db-instance --auto-minor-version-upgrade --apply-immediately --db-instance-identifier <name>`.",
    }
}

impl Rule for RdsAutomaticMinorVersionUpgradeEnabled {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(must_be_on("automatic minor version upgrade", db.auto_minor_version_upgrade()?))
    }
}
