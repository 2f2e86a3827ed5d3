use config_item::{Item, views::elasticsearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// Elasticsearch domains are encrypted at rest.
    ///
    /// Indices, logs, swap files and automated snapshots of a domain lie on disks; unencrypted, they are readable to
    /// whoever gets hold of one of them. AWS's managed rule looks once a day, this one at each change.
    pub struct ElasticsearchEncryptedAtRest {
        id: "elasticsearch-encrypted-at-rest",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELASTICSEARCH_ENCRYPTED_AT_REST"),
        remediation: "Turn encryption at rest on: `aws es update-elasticsearch-domain-config --domain-name <name> --encryption-at-rest-options Enabled=true,KmsKeyId=<key>`. Below version 6.7 that is impossible: restore a snapshot into a new, encrypted domain.",
    }
}

impl Rule for ElasticsearchEncryptedAtRest {
    type View = elasticsearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, elasticsearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let enabled = domain.encryption_at_rest()?.map_or(Ok(None), elasticsearch::EncryptionAtRest::enabled)?;
        Ok(must_be_on("encryption at rest", enabled))
    }
}
