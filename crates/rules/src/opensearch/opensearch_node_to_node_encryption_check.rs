use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::switches::must_be_on;

rule! {
    /// OpenSearch domains encrypt what their nodes tell each other.
    ///
    /// Nodes hand documents and queries on to each other. Without node-to-node encryption they do so in the clear, so
    /// that a search that came in over HTTPS crosses the network unprotected after all.
    pub struct OpensearchNodeToNodeEncryptionCheck {
        id: "opensearch-node-to-node-encryption-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK"),
        remediation: "Turn node-to-node encryption on: `aws opensearch update-domain-config --domain-name <name> --node-to-node-encryption-options Enabled=true`.",
    }
}

impl Rule for OpensearchNodeToNodeEncryptionCheck {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let enabled = domain.node_to_node_encryption()?.map_or(Ok(None), opensearch::NodeToNodeEncryption::enabled)?;
        Ok(must_be_on("node-to-node encryption", enabled))
    }
}
