use config_item::{Item, views::dms};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// DMS replication instances have no public address.
    ///
    /// A replication instance holds the credentials of the databases on both sides and a copy of what passes between
    /// them. With a public address it is open to attack from anywhere that its security group forgets. An instance is
    /// public unless its maker said otherwise, so an item that doesn't say is noncompliant.
    ///
    /// AWS's managed rule runs on a schedule; this one judges each change.
    pub struct DmsReplicationNotPublic {
        id: "dms-replication-not-public",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("DMS_REPLICATION_NOT_PUBLIC"),
        remediation: "The setting can't be changed: make a new instance with `aws dms create-replication-instance --no-publicly-accessible`, move the tasks to it with `aws dms move-replication-task`, and delete the old one.",
    }
}

impl Rule for DmsReplicationNotPublic {
    type View = dms::ReplicationInstance;
    type Params = Params;

    fn evaluate(
        instance: &Item<'_, dms::ReplicationInstance>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        Ok(match instance.publicly_accessible()? {
            Some(false) => Verdict::Compliant,
            Some(true) => Verdict::non_compliant("the replication instance is publicly accessible"),
            None => {
                Verdict::non_compliant("the item does not say whether the replication instance is publicly accessible")
            }
        })
    }
}
