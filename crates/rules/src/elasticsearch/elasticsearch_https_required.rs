use config_item::{Item, views::elasticsearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::opensearch::domain::tls_policy;
use crate::switches::must_be_on;

rule! {
    /// Elasticsearch domains take requests over HTTPS only, with modern TLS.
    ///
    /// An endpoint that answers plain HTTP lets documents and credentials cross the network in the clear; TLS 1.0 and 1.1
    /// have known weaknesses. AWS has a managed rule like this for OpenSearch domains only.
    pub struct ElasticsearchHttpsRequired {
        id: "elasticsearch-https-required",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Refuse plain HTTP and old TLS: `aws es update-elasticsearch-domain-config --domain-name <name> --domain-endpoint-options EnforceHTTPS=true,TLSSecurityPolicy=Policy-Min-TLS-1-2-2019-07`.",
    }
    params {
        /// The TLS policies accepted.
        tls_policies: Vec<String> = [
            "Policy-Min-TLS-1-2-2019-07".to_owned(),
            "Policy-Min-TLS-1-2-PFS-2023-10".to_owned(),
        ], "tlsPolicies";
    }
}

impl Rule for ElasticsearchHttpsRequired {
    type View = elasticsearch::Domain;
    type Params = Params;

    fn evaluate(
        domain: &Item<'_, elasticsearch::Domain>,
        params: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let endpoint = domain.domain_endpoint()?;
        let enforced = endpoint.map_or(Ok(None), elasticsearch::DomainEndpoint::enforce_https)?;
        if enforced != Some(true) {
            return Ok(must_be_on("enforcement of HTTPS", enforced));
        }
        let policy = endpoint.map_or(Ok(None), elasticsearch::DomainEndpoint::tls_security_policy)?;
        Ok(tls_policy(policy, &params.tls_policies))
    }
}
