use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::tags;
use crate::words::count;

rule! {
    /// Redshift snapshots of production are copied to another region and kept.
    ///
    /// A region's outage takes the cluster and its snapshots with it. Copies of the automated snapshots in another
    /// region can be restored there; they must be kept long enough to notice that something is wrong, 35 days (the most
    /// that Redshift keeps) where no parameter says otherwise.
    ///
    /// Not applicable to clusters that lack the tag which marks production: `environment=production` unless the
    /// parameters say otherwise.
    pub struct RedshiftSnapshotCopyRetention {
        id: "redshift-snapshot-copy-retention",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Copy the snapshots: `aws redshift enable-snapshot-copy --destination-region <region> --retention-period 35 --cluster-identifier <name>` (an encrypted cluster needs a copy grant: `--snapshot-copy-grant-name`); where the copies are only kept too short, `aws redshift modify-snapshot-copy-retention-period --retention-period 35 --cluster-identifier <name>`.",
    }
    params {
        /// Fewest days that copies are kept.
        minimum: u32 = 35_u32, "minRetentionDays";
        /// Key of the tag that marks production.
        tag_key: String = "environment", "productionTagKey";
        /// Value of the tag that marks production, in any letter case.
        tag_value: String = "production", "productionTagValue";
    }
}

impl Rule for RedshiftSnapshotCopyRetention {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = tags::lacking(cluster.source(), &params.tag_key, &params.tag_value)? {
            return Ok(verdict);
        }
        let Some(copy) = cluster.snapshot_copy()? else { return Ok(Verdict::non_compliant(NOT_COPIED)) };
        let Some(region) = copy.destination_region()?.filter(|region| !region.is_empty()) else {
            return Ok(Verdict::non_compliant(NOT_COPIED));
        };
        let Some(days) = copy.retention_period()? else {
            return Ok(Verdict::non_compliant(format!("the item does not say how long copies are kept in {region}")));
        };
        if days < i64::from(params.minimum) {
            return Ok(Verdict::non_compliant(format!(
                "copies of snapshots are kept {} in {region}, fewer than the required {}",
                count(days, "day"),
                params.minimum
            )));
        }
        Ok(Verdict::Compliant)
    }
}

const NOT_COPIED: &str = "snapshots are not copied to another region";
