use config_item::{Item, views::sns};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::is_any_of;

rule! {
    /// SNS topics are encrypted with a KMS key.
    ///
    /// SNS keeps messages until they are delivered; without a key they lie there in the clear. AWS's own key
    /// (`alias/aws/sns`) is enough unless `kmsKeyIds` says otherwise; keys are compared by ARN, or by id or alias where
    /// one side is bare. Never not applicable.
    pub struct SnsEncryptedKms {
        id: "sns-encrypted-kms",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SNS_ENCRYPTED_KMS"),
        remediation: "Set a key: `aws sns set-topic-attributes --topic-arn <topic> --attribute-name KmsMasterKeyId --attribute-value <key>`. Services that publish to the topic need a customer key whose policy lets them use it.",
    }
    params {
        /// KMS keys that are accepted, by id, ARN or alias.
        keys: Vec<String>, "kmsKeyIds";
    }
}

impl Rule for SnsEncryptedKms {
    type View = sns::Topic;
    type Params = Params;

    fn evaluate(topic: &Item<'_, sns::Topic>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(key) = topic.kms_master_key_id()?.filter(|key| !key.is_empty()) else {
            return Ok(Verdict::non_compliant("the topic is not encrypted with a KMS key"));
        };
        Ok(match &params.keys {
            Some(accepted) if !is_any_of(key, accepted) => {
                Verdict::non_compliant(format!("the topic is encrypted with {key}, which is not in kmsKeyIds"))
            }
            _ => Verdict::Compliant,
        })
    }
}
