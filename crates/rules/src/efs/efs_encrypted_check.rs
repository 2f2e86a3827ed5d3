use config_item::{Item, views::efs};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::same_key;

rule! {
    /// EFS file systems are encrypted.
    ///
    /// Files at rest, and the backups made of them, are readable to whoever gets at the storage, unless the file system
    /// is encrypted. Where `KmsKeyId` is given, it must be with that key; a bare key id and an ARN are compared by the
    /// id.
    ///
    /// AWS's managed rule runs on a schedule; this one judges each change.
    pub struct EfsEncryptedCheck {
        id: "efs-encrypted-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EFS_ENCRYPTED_CHECK"),
        remediation: "A file system can't be encrypted in place: make an encrypted one with `aws efs create-file-system --encrypted --kms-key-id <key>`, copy the files with AWS DataSync, mount it in the place of the old one, and delete that.",
    }
    params {
        /// ARN of the KMS key that file systems must be encrypted with.
        kms_key: String, "KmsKeyId";
    }
}

impl Rule for EfsEncryptedCheck {
    type View = efs::FileSystem;
    type Params = Params;

    fn evaluate(fs: &Item<'_, efs::FileSystem>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match fs.encrypted()? {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("the file system is not encrypted")),
            None => return Ok(Verdict::non_compliant("the item does not say whether the file system is encrypted")),
        }
        let Some(required) = &params.kms_key else { return Ok(Verdict::Compliant) };
        Ok(match fs.kms_key_id()? {
            Some(key) if same_key(key, required) => Verdict::Compliant,
            Some(key) => Verdict::non_compliant(format!(
                "the file system is encrypted with {key}, not with the required {required}"
            )),
            None => Verdict::non_compliant("the item does not say which key the file system is encrypted with"),
        })
    }
}
