use config_item::{Item, views::secretsmanager};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::{is_any_of, same_key};

/// AWS's own key for secrets. It is also what a secret without a key is encrypted with.
const AWS_KEY: &str = "alias/aws/secretsmanager";

rule! {
    /// Secrets are encrypted with a customer key.
    ///
    /// AWS's own key for secrets opens to every principal of the account that may read the secret; a customer key has a
    /// policy of its own, and can be shared, disabled and audited. Where `kmsKeyArns` is given, it must be one of those
    /// keys; they are compared by ARN, or by id or alias where one side is bare.
    ///
    /// Not applicable to secrets that are deleted and only kept until they can't be restored any more.
    pub struct SecretsmanagerUsingCmk {
        id: "secretsmanager-using-cmk",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SECRETSMANAGER_USING_CMK"),
        remediation: "Change the key: `aws secretsmanager update-secret --secret-id <secret> --kms-key-id <key>`. Whoever reads the secret then needs `kms:Decrypt` on that key.",
    }
    params {
        /// KMS keys that are accepted, by ARN.
        keys: Vec<String>, "kmsKeyArns";
    }
}

impl Rule for SecretsmanagerUsingCmk {
    type View = secretsmanager::Secret;
    type Params = Params;

    fn evaluate(
        secret: &Item<'_, secretsmanager::Secret>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        if secret.deleted()? == Some(true) {
            return Ok(Verdict::not_applicable("the secret is deleted"));
        }
        let key = secret.kms_key_id()?.filter(|key| !key.is_empty() && !same_key(key, AWS_KEY));
        let Some(key) = key else {
            return Ok(Verdict::non_compliant("the secret is encrypted with AWS's own key"));
        };
        Ok(match &params.keys {
            Some(accepted) if !is_any_of(key, accepted) => {
                Verdict::non_compliant(format!("the secret is encrypted with {key}, which is not in kmsKeyArns"))
            }
            _ => Verdict::Compliant,
        })
    }
}
