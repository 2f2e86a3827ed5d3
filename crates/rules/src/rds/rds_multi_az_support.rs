use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{is_cluster_member, is_read_replica};
use crate::switches::must_be_on;

rule! {
    /// RDS instances have a standby in another zone.
    ///
    /// A Multi-AZ instance has a copy that is kept up to date in another availability zone and takes over when the
    /// instance, its host or its zone fails. Without one, an outage lasts until a backup is restored.
    ///
    /// Not applicable to members of a cluster (Aurora, Multi-AZ, DocumentDB, Neptune: zones are the cluster's matter),
    /// to read replicas, and to SQL Server Express, which can't have a standby. AWS's page exempts the members only.
    pub struct RdsMultiAzSupport {
        id: "rds-multi-az-support",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_MULTI_AZ_SUPPORT"),
        remediation: "Add the standby: `aws rds modify-db-instance --multi-az --apply-immediately --db-instance-identifier <name>`.",
    }
}

impl Rule for RdsMultiAzSupport {
    type View = rds::DbInstance;
    type Params = Params;

    fn evaluate(db: &Item<'_, rds::DbInstance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if is_cluster_member(db)? {
            return Ok(Verdict::not_applicable("the instance is a member of a cluster, which spans the zones"));
        }
        if is_read_replica(db)? {
            return Ok(Verdict::not_applicable("the instance is a read replica"));
        }
        if db.engine()? == Some("sqlserver-ex") {
            return Ok(Verdict::not_applicable("SQL Server Express can't have a standby"));
        }
        Ok(must_be_on("Multi-AZ", db.multi_az()?))
    }
}
