use config_item::{Item, views::sqs};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// SQS queues are encrypted.
    ///
    /// A queue keeps messages for up to two weeks. They must be encrypted, with a KMS key or with a key of SQS
    /// (`SqsManagedSseEnabled`), which is on in queues made since October 2022 but can be turned off. Never not
    /// applicable.
    pub struct SqsQueueEncrypted {
        id: "sqs-queue-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Turn encryption on: `aws sqs set-queue-attributes --queue-url <queue> --attributes SqsManagedSseEnabled=true`, or `KmsMasterKeyId=<key>` for a key of your own.",
    }
}

impl Rule for SqsQueueEncrypted {
    type View = sqs::Queue;
    type Params = Params;

    fn evaluate(queue: &Item<'_, sqs::Queue>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if queue.kms_master_key_id()?.is_some_and(|key| !key.is_empty()) {
            return Ok(Verdict::Compliant);
        }
        Ok(match queue.sqs_managed_sse_enabled()? {
            Some(true) => Verdict::Compliant,
            Some(false) => Verdict::non_compliant("the queue is encrypted neither with a KMS key nor with one of SQS"),
            None => Verdict::non_compliant("the item names no key and does not say whether SQS encrypts the queue"),
        })
    }
}
