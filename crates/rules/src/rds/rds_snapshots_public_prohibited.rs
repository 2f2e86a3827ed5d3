use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Snapshots of databases are not public.
    ///
    /// A public snapshot can be restored, and so read, in every AWS account. It is public if `all` is among those who
    /// may restore it. Being shared with single accounts is another matter and accepted.
    ///
    /// An automated snapshot can't be shared, so one whose item doesn't list any permissions is compliant; AWS's rule
    /// judges automated snapshots as well. Making a snapshot public is recorded with a delay of up to 12 hours.
    ///
    /// Never not applicable to a recorded snapshot.
    pub struct RdsSnapshotsPublicProhibited {
        id: "rds-snapshots-public-prohibited",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("RDS_SNAPSHOTS_PUBLIC_PROHIBITED"),
        remediation: "Take the permission back: `aws rds modify-db-snapshot-attribute --db-snapshot-identifier <name> --attribute-name restore --values-to-remove all`, or `modify-db-cluster-snapshot-attribute` for a cluster's. Treat what was in it as disclosed until the logs say otherwise.",
    }
}

impl Rule for RdsSnapshotsPublicProhibited {
    type View = rds::Snapshot;
    type Params = Params;

    fn evaluate(snapshot: &Item<'_, rds::Snapshot>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let attributes = match &**snapshot {
            rds::Snapshot::Instance(snapshot) => snapshot.attributes()?,
            rds::Snapshot::Cluster(snapshot) => snapshot.attributes()?,
        };
        if let Some(attributes) = attributes {
            return who_may_restore(attributes);
        }
        let kind = match &**snapshot {
            rds::Snapshot::Instance(snapshot) => snapshot.snapshot_type()?,
            rds::Snapshot::Cluster(snapshot) => snapshot.snapshot_type()?,
        };
        Ok(if kind == Some("automated") { Verdict::Compliant } else { Verdict::non_compliant(UNKNOWN) })
    }
}

const UNKNOWN: &str = "the item does not say who may restore the snapshot";

fn who_may_restore(attributes: &[rds::SnapshotAttribute]) -> Result<Verdict, CannotJudge> {
    for attribute in attributes {
        if attribute.attribute_name()?.is_some_and(|name| name != "restore") {
            continue;
        }
        let Some(accounts) = attribute.attribute_values()? else { return Ok(Verdict::non_compliant(UNKNOWN)) };
        if accounts.iter().any(|account| account.eq_ignore_ascii_case("all")) {
            return Ok(Verdict::non_compliant("the snapshot is public: every AWS account may restore it"));
        }
    }
    Ok(Verdict::Compliant)
}
