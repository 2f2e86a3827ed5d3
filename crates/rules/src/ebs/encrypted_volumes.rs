use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::before_the_key;
use crate::keys::same_key;

rule! {
    /// Attached EBS volumes are encrypted.
    ///
    /// Whoever gets hold of a volume or of a snapshot of it reads what is on it, unless it is encrypted. Where `kmsId`
    /// is given, it must be with that key; a bare key id and an ARN are compared by the id.
    ///
    /// Not applicable to volumes that aren't attached.
    pub struct EncryptedVolumes {
        id: "encrypted-volumes",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ENCRYPTED_VOLUMES"),
        remediation: "A volume can't be encrypted in place: make a snapshot of it, copy the snapshot with `aws ec2 copy-snapshot --encrypted`, make a volume of the copy, and attach that one in its place. Turn on encryption by default for the account: `aws ec2 enable-ebs-encryption-by-default`.",
    }
    params {
        /// Id or ARN of the KMS key that volumes must be encrypted with.
        kms_id: String, "kmsId";
    }
}

impl Rule for EncryptedVolumes {
    type View = ec2::Volume;
    type Params = Params;

    fn evaluate(volume: &Item<'_, ec2::Volume>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = before_the_key(volume)? {
            return Ok(verdict);
        }
        let Some(required) = &params.kms_id else { return Ok(Verdict::Compliant) };
        match volume.kms_key_id()? {
            Some(key) if same_key(key, required) => Ok(Verdict::Compliant),
            Some(key) => Ok(Verdict::non_compliant(format!(
                "the volume is encrypted with {key}, not with the required {required}"
            ))),
            None => Ok(Verdict::non_compliant("the item does not say which key the volume is encrypted with")),
        }
    }
}
