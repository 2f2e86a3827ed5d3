use config_item::{Item, views::elasticsearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::opensearch::domain::is_older;
use crate::switches::must_be_on;

/// The first version that can encrypt between nodes.
const FIRST: (u32, u32) = (6, 0);

rule! {
    /// Elasticsearch domains encrypt what their nodes tell each other.
    ///
    /// Nodes hand documents and queries on to each other. Without node-to-node encryption they do so in the clear, so
    /// that a search that came in over HTTPS crosses the network unprotected after all.
    ///
    /// Not applicable to domains below version 6.0, which can't encrypt there: upgrade them. AWS's page does not speak of
    /// versions.
    pub struct ElasticsearchNodeToNodeEncryptionCheck {
        id: "elasticsearch-node-to-node-encryption-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK"),
        remediation: "Turn node-to-node encryption on: `aws es update-elasticsearch-domain-config --domain-name <name> --node-to-node-encryption-options Enabled=true`. Below version 6.7 that is impossible: restore a snapshot into a new domain that has it.",
    }
}

impl Rule for ElasticsearchNodeToNodeEncryptionCheck {
    type View = elasticsearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, elasticsearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(version) = domain.elasticsearch_version()?
            && is_older(version, FIRST)
        {
            return Ok(Verdict::not_applicable(format!(
                "version {version} can't encrypt between nodes, 6.0 is the first"
            )));
        }
        let enabled =
            domain.node_to_node_encryption()?.map_or(Ok(None), elasticsearch::NodeToNodeEncryption::enabled)?;
        Ok(must_be_on("node-to-node encryption", enabled))
    }
}
