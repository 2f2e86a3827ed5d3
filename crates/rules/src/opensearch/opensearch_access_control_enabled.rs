use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::domain::is_older;
use crate::switches::must_be_on;

/// The first version of Elasticsearch with fine-grained access control; all of OpenSearch have it.
const FIRST: (u32, u32) = (6, 7);

rule! {
    /// OpenSearch domains have fine-grained access control.
    ///
    /// The access policy of a domain opens or closes whole paths. Who may see which index, document and field is for
    /// fine-grained access control to say, and the audit log needs it as well.
    ///
    /// Not applicable to Elasticsearch below version 6.7, which doesn't have it: upgrade. AWS's page does not speak of
    /// versions.
    pub struct OpensearchAccessControlEnabled {
        id: "opensearch-access-control-enabled",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_ACCESS_CONTROL_ENABLED"),
        remediation: "Turn fine-grained access control on, which needs HTTPS, encryption at rest and between nodes: `aws opensearch update-domain-config --domain-name <name> --advanced-security-options 'Enabled=true,MasterUserOptions={MasterUserARN=<role>}'`.",
    }
}

impl Rule for OpensearchAccessControlEnabled {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let elasticsearch = domain.engine_version()?.and_then(|version| version.strip_prefix("Elasticsearch_"));
        if let Some(version) = elasticsearch
            && is_older(version, FIRST)
        {
            return Ok(Verdict::not_applicable(format!(
                "Elasticsearch {version} has no fine-grained access control, 6.7 is the first"
            )));
        }
        let enabled = domain.advanced_security()?.map_or(Ok(None), opensearch::AdvancedSecurity::enabled)?;
        Ok(must_be_on("fine-grained access control", enabled))
    }
}
