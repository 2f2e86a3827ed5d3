use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// OpenSearch domains live in a VPC.
    ///
    /// A domain outside a VPC has a public endpoint, and its access policy alone stands between the internet and what
    /// was indexed. The item names no VPC; the subnets tell.
    pub struct OpensearchInVpcOnly {
        id: "opensearch-in-vpc-only",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_IN_VPC_ONLY"),
        remediation: "A domain can't be moved into a VPC: make a new one there (`aws opensearch create-domain --vpc-options SubnetIds=<subnets>,SecurityGroupIds=<groups> …`), restore a snapshot into it, and delete the old one.",
    }
}

impl Rule for OpensearchInVpcOnly {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let subnets = domain.vpc()?.map_or(Ok(None), opensearch::Vpc::subnet_ids)?.unwrap_or_default();
        Ok(if subnets.iter().any(|subnet| !subnet.is_empty()) {
            Verdict::Compliant
        } else {
            Verdict::non_compliant("the domain is in no subnet of a VPC: its endpoint is public")
        })
    }
}
