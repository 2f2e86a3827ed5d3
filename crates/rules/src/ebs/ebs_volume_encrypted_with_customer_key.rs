use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::before_the_key;
use crate::keys::is_any_of;

rule! {
    /// Attached EBS volumes are encrypted with approved KMS keys.
    ///
    /// Who may read a volume is decided by the policy of its key, and only keys of one's own have a policy that one can
    /// write. Without `allowedKeyArns` any encryption will do: the item does not say whose key it is.
    ///
    /// Not applicable to volumes that aren't attached.
    pub struct EbsVolumeEncryptedWithCustomerKey {
        id: "ebs-volume-encrypted-with-customer-key",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "The key of a volume can't be changed: make a snapshot, copy it with `aws ec2 copy-snapshot --encrypted --kms-key-id <key>`, make a volume of the copy, and attach that one in its place. Make the key the default: `aws ec2 modify-ebs-default-kms-key-id --kms-key-id <key>`.",
    }
    params {
        /// KMS keys that are accepted, by ARN or id.
        allowed: Vec<String>, "allowedKeyArns";
    }
}

impl Rule for EbsVolumeEncryptedWithCustomerKey {
    type View = ec2::Volume;
    type Params = Params;

    fn evaluate(volume: &Item<'_, ec2::Volume>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = before_the_key(volume)? {
            return Ok(verdict);
        }
        let Some(allowed) = &params.allowed else { return Ok(Verdict::Compliant) };
        Ok(match volume.kms_key_id()? {
            Some(key) if is_any_of(key, allowed) => Verdict::Compliant,
            Some(key) => {
                Verdict::non_compliant(format!("the volume is encrypted with {key}, which is not an allowed key"))
            }
            None => Verdict::non_compliant("the item does not say which key the volume is encrypted with"),
        })
    }
}
