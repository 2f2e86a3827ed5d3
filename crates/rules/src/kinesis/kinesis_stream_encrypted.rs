use config_item::{Item, views::kinesis};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Kinesis streams are encrypted at rest.
    ///
    /// A stream keeps its records for a day to a year; encryption makes reading them a matter of the key as well as of
    /// the stream. The type must be `KMS`: an item that speaks of encryption only to say `NONE` is noncompliant as
    /// well.
    pub struct KinesisStreamEncrypted {
        id: "kinesis-stream-encrypted",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("KINESIS_STREAM_ENCRYPTED"),
        remediation: "Turn encryption on: `aws kinesis start-stream-encryption --stream-name <name> --encryption-type KMS --key-id <key>`. Producers need `kms:GenerateDataKey` on the key and consumers `kms:Decrypt`; records written before stay as they are until they expire.",
    }
}

impl Rule for KinesisStreamEncrypted {
    type View = kinesis::Stream;
    type Params = Params;

    fn evaluate(stream: &Item<'_, kinesis::Stream>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(encryption) = stream.stream_encryption()? else {
            return Ok(Verdict::non_compliant("the stream is not encrypted"));
        };
        Ok(match encryption.encryption_type()? {
            Some(kind) if kind.eq_ignore_ascii_case("KMS") => Verdict::Compliant,
            Some(kind) => Verdict::non_compliant(format!("the stream's encryption is {kind}, not KMS")),
            None => Verdict::non_compliant("the item does not say how the stream is encrypted"),
        })
    }
}
