use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// OpenSearch domains are encrypted at rest.
    ///
    /// Indices, logs, swap files and automated snapshots of a domain lie on disks; unencrypted, they are readable to
    /// whoever gets hold of one of them.
    pub struct OpensearchEncryptedAtRest {
        id: "opensearch-encrypted-at-rest",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_ENCRYPTED_AT_REST"),
        remediation: "Turn encryption at rest on: `aws opensearch update-domain-config --domain-name <name> --encryption-at-rest-options Enabled=true,KmsKeyId=<key>`. Below Elasticsearch 6.7 that is impossible: restore a snapshot into a new, encrypted domain.",
    }
}

impl Rule for OpensearchEncryptedAtRest {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let enabled = domain.encryption_at_rest()?.map_or(Ok(None), opensearch::EncryptionAtRest::enabled)?;
        Ok(must_be_on("encryption at rest", enabled))
    }
}
