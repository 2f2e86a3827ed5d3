use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::domain::tls_policy;
use crate::switches::must_be_on;

rule! {
    /// OpenSearch domains take requests over HTTPS only.
    ///
    /// An endpoint that answers plain HTTP lets documents and credentials cross the network in the clear. Which TLS
    /// versions the endpoint offers is judged only where `tlsPolicies` is given, as AWS's managed rule has it; the policy
    /// `Policy-Min-TLS-1-0-2019-07`, the service's default, still allows TLS 1.0.
    pub struct OpensearchHttpsRequired {
        id: "opensearch-https-required",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_HTTPS_REQUIRED"),
        remediation: "Refuse plain HTTP and old TLS: `aws opensearch update-domain-config --domain-name <name> --domain-endpoint-options EnforceHTTPS=true,TLSSecurityPolicy=Policy-Min-TLS-1-2-PFS-2023-10`.",
    }
    params {
        /// The TLS policies accepted.
        tls_policies: Vec<String>, "tlsPolicies";
    }
}

impl Rule for OpensearchHttpsRequired {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let endpoint = domain.domain_endpoint()?;
        let enforced = endpoint.map_or(Ok(None), opensearch::DomainEndpoint::enforce_https)?;
        let (Some(true), Some(accepted)) = (enforced, &params.tls_policies) else {
            return Ok(must_be_on("enforcement of HTTPS", enforced));
        };
        let policy = endpoint.map_or(Ok(None), opensearch::DomainEndpoint::tls_security_policy)?;
        Ok(tls_policy(policy, accepted))
    }
}
