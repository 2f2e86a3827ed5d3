use config_item::{Item, views::dynamodb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::is_any_of;

rule! {
    /// DynamoDB tables are encrypted with a KMS key of the account.
    ///
    /// Every table is encrypted, but by default with a key of DynamoDB's own: nobody in the account can see its use,
    /// limit it or take it away. With a key of KMS each use is in the trail. Where `kmsKeyArns` is given, the table's
    /// key must be one of those; a bare key id and an ARN are compared by the id.
    ///
    /// A table whose encryption is being turned on or off is noncompliant until it is `ENABLED`.
    pub struct DynamodbTableEncryptedKms {
        id: "dynamodb-table-encrypted-kms",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("DYNAMODB_TABLE_ENCRYPTED_KMS"),
        remediation: "Change the table's key: `aws dynamodb update-table --table-name <name> --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=<key>`. The table stays in use meanwhile; whoever reads it needs `kms:Decrypt` on the key.",
    }
    params {
        /// ARNs of the KMS keys that are accepted, separated by commas.
        keys: Vec<String>, "kmsKeyArns";
    }
}

impl Rule for DynamodbTableEncryptedKms {
    type View = dynamodb::Table;
    type Params = Params;

    fn evaluate(table: &Item<'_, dynamodb::Table>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(encryption) = table.sse_description()? else {
            return Ok(Verdict::non_compliant("the table is encrypted with DynamoDB's own key, not with one of KMS"));
        };
        let status = encryption.status()?.unwrap_or("unknown");
        if !status.eq_ignore_ascii_case("ENABLED") {
            return Ok(Verdict::non_compliant(format!(
                "the table's encryption with a KMS key is {status}, not ENABLED"
            )));
        }
        let kind = encryption.sse_type()?.unwrap_or("unknown");
        if !kind.eq_ignore_ascii_case("KMS") {
            return Ok(Verdict::non_compliant(format!("the table is encrypted, but not with a KMS key (type {kind})")));
        }
        let Some(accepted) = &params.keys else { return Ok(Verdict::Compliant) };
        Ok(match encryption.kms_master_key_arn()? {
            Some(key) if is_any_of(key, accepted) => Verdict::Compliant,
            Some(key) => Verdict::non_compliant(format!(
                "the table is encrypted with {key}, which is not among the keys accepted"
            )),
            None => Verdict::non_compliant("the item does not say which key the table is encrypted with"),
        })
    }
}
