use config_item::{Item, views::kms};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::is_any_of;

rule! {
    /// No KMS key waits for its deletion.
    ///
    /// When a key is gone, everything that it encrypted is gone with it. Deletion can be called off until its day comes,
    /// which is at least a week away. AWS's managed rule looks on a schedule, this one as soon as the key changes.
    ///
    /// Not applicable to AWS's own keys and, where `kmsKeyIds` is given, to keys that it does not name.
    pub struct KmsCmkNotScheduledForDeletion {
        id: "kms-cmk-not-scheduled-for-deletion",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("KMS_CMK_NOT_SCHEDULED_FOR_DELETION"),
        remediation: "Call the deletion off: `aws kms cancel-key-deletion --key-id <key>`, then `aws kms enable-key`. Delete a key only after CloudTrail has shown for long enough that nobody uses it.",
    }
    params {
        /// The keys to judge, by id or ARN; without it all are.
        keys: Vec<String>, "kmsKeyIds";
    }
}

impl Rule for KmsCmkNotScheduledForDeletion {
    type View = kms::Key;
    type Params = Params;

    fn evaluate(key: &Item<'_, kms::Key>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if key.key_manager()?.is_some_and(|manager| manager.eq_ignore_ascii_case("AWS")) {
            return Ok(Verdict::not_applicable("the key is AWS's own"));
        }
        if let Some(keys) = &params.keys {
            let mut names = [key.arn()?, key.key_id()?].into_iter().flatten();
            if !names.any(|name| is_any_of(name, keys)) {
                return Ok(Verdict::not_applicable("the key is not in kmsKeyIds"));
            }
        }
        Ok(match key.key_state()? {
            None => Verdict::non_compliant("the item does not say in which state the key is"),
            // A multi-region key waits for its replicas first.
            Some(state @ ("PendingDeletion" | "PendingReplicaDeletion")) => {
                Verdict::non_compliant(format!("the key is to be deleted (state {state})"))
            }
            Some(_) => Verdict::Compliant,
        })
    }
}
