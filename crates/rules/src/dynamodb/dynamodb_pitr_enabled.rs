use config_item::{Item, views::dynamodb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// DynamoDB tables can be recovered to a point in time.
    ///
    /// A faulty release or a stolen key deletes items one by one, long before anybody looks for the last backup. With
    /// point-in-time recovery a table is brought back to any second of the days before.
    pub struct DynamodbPitrEnabled {
        id: "dynamodb-pitr-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("DYNAMODB_PITR_ENABLED"),
        remediation: "Turn it on: `aws dynamodb update-continuous-backups --table-name <name> --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`.",
    }
}

impl Rule for DynamodbPitrEnabled {
    type View = dynamodb::Table;
    type Params = Params;

    fn evaluate(table: &Item<'_, dynamodb::Table>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let recovery = match table.continuous_backups()? {
            Some(backups) => backups.point_in_time_recovery()?,
            None => None,
        };
        let status = match recovery {
            Some(recovery) => recovery.status()?,
            None => None,
        };
        Ok(match status {
            Some(status) if status.eq_ignore_ascii_case("ENABLED") => Verdict::Compliant,
            Some(status) => Verdict::non_compliant(format!("point-in-time recovery is off (status {status})")),
            None => Verdict::non_compliant("the item does not say whether point-in-time recovery is on"),
        })
    }
}
