use crate::policies;
use config_item::{Item, views::elasticsearch::SearchDomain};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::words::open_to_everyone;

rule! {
    /// The access policies of search domains let in nobody unknown.
    ///
    /// A domain with a public endpoint and an open policy is a database that anybody on the internet can read and
    /// empty. A statement must not allow everyone (`*`, or all but those whom
    /// `NotPrincipal` names), unless its condition holds the grant to fixed values of who asks: the VPN's addresses, a
    /// VPC, an account, an organization. Domains of Elasticsearch and of OpenSearch are judged alike.
    ///
    /// Not applicable to domains in a VPC whose policy is open: security groups guard them. With `allowOpenInVpc` false
    /// they are noncompliant.
    pub struct ElasticsearchAccessPolicyNotPublic {
        id: "elasticsearch-access-policy-not-public",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Name the roles that use the domain, or the VPN's addresses in a condition on `aws:SourceIp`: `aws opensearch update-domain-config --domain-name <domain> --access-policies file://policy.json`.",
    }
    params {
        /// Whether an open policy is accepted for domains in a VPC.
        allow_open_in_vpc: bool = true, "allowOpenInVpc";
    }
}

impl Rule for ElasticsearchAccessPolicyNotPublic {
    type View = SearchDomain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, SearchDomain>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(gap) = gap(domain)? else { return Ok(Verdict::Compliant) };
        if params.allow_open_in_vpc && is_in_vpc(domain)? {
            return Ok(Verdict::not_applicable(format!("{gap}, but the domain is in a VPC")));
        }
        Ok(Verdict::non_compliant(gap))
    }
}

/// What is wrong with the domain's access policy, in words.
fn gap(domain: &SearchDomain) -> Result<Option<String>, CannotJudge> {
    let (document, path) = match domain {
        SearchDomain::Elasticsearch(domain) => (domain.access_policies()?, "configuration.accessPolicies"),
        SearchDomain::OpenSearch(domain) => (domain.access_policies()?, "configuration.AccessPolicies"),
    };
    let Some(document) = document else {
        return Ok(Some("the item does not hold the domain's access policy".to_owned()));
    };
    // The service writes an empty text where there is no policy: then only identities' own policies let anyone in.
    if document.as_str().is_some_and(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    Ok(open_to_everyone(policies::read(document, path)?))
}

fn is_in_vpc(domain: &SearchDomain) -> Result<bool, CannotJudge> {
    Ok(match domain {
        SearchDomain::Elasticsearch(domain) => match domain.vpc()? {
            Some(vpc) => vpc.vpc_id()?.is_some_and(|id| !id.is_empty()),
            None => false,
        },
        SearchDomain::OpenSearch(domain) => match domain.vpc()? {
            Some(vpc) => vpc.subnet_ids()?.is_some_and(|ids| !ids.is_empty()),
            None => false,
        },
    })
}
