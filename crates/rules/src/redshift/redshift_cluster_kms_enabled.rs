use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::keys::is_any_of;
use crate::switches::must_be_on;

rule! {
    /// Redshift clusters are encrypted with a KMS key.
    ///
    /// With a key in KMS, who may use it is ruled by its policy, every use is logged, and the data can be made
    /// unreadable by taking the key away. Where `kmsKeyArns` is given, the key must be one of those; a bare key id and
    /// an ARN are compared by the id. A cluster whose key is in an HSM has no KMS key and is noncompliant.
    ///
    /// Never not applicable to a recorded cluster.
    pub struct RedshiftClusterKmsEnabled {
        id: "redshift-cluster-kms-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_CLUSTER_KMS_ENABLED"),
        remediation: "Encrypt the cluster with the key: `aws redshift modify-cluster --encrypted --kms-key-id <key> --cluster-identifier <name>`. The cluster is read-only while its data moves.",
    }
    params {
        /// ARNs or ids of the KMS keys that are accepted. Without it, all are.
        keys: Vec<String>, "kmsKeyArns";
    }
}

impl Rule for RedshiftClusterKmsEnabled {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        match cluster.encrypted()? {
            Some(true) => {}
            encrypted => return Ok(must_be_on("encryption", encrypted)),
        }
        let Some(key) = cluster.kms_key_id()?.filter(|key| !key.is_empty()) else {
            return Ok(Verdict::non_compliant("the item does not name a KMS key that the cluster is encrypted with"));
        };
        match &params.keys {
            Some(accepted) if !is_any_of(key, accepted) => {
                Ok(Verdict::non_compliant(format!("the cluster is encrypted with {key}, not with one of kmsKeyArns")))
            }
            _ => Ok(Verdict::Compliant),
        }
    }
}
