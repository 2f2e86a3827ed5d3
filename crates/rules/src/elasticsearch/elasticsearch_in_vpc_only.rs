use config_item::{Item, views::elasticsearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Elasticsearch domains live in a VPC.
    ///
    /// A domain outside a VPC has a public endpoint, and its access policy alone stands between the internet and what
    /// was indexed. AWS's managed rule looks once a day, this one at each change.
    pub struct ElasticsearchInVpcOnly {
        id: "elasticsearch-in-vpc-only",
        since: "0.1.0",
        severity: Severity::Critical,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELASTICSEARCH_IN_VPC_ONLY"),
        remediation: "A domain can't be moved into a VPC: make a new one there (`aws es create-elasticsearch-domain --vpc-options SubnetIds=<subnets>,SecurityGroupIds=<groups> …`), restore a snapshot into it, and delete the old one.",
    }
}

impl Rule for ElasticsearchInVpcOnly {
    type View = elasticsearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, elasticsearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let vpc = domain.vpc()?.map_or(Ok(None), elasticsearch::Vpc::vpc_id)?;
        Ok(match vpc {
            Some(vpc) if !vpc.is_empty() => Verdict::Compliant,
            _ => Verdict::non_compliant("the domain is in no VPC: its endpoint is public"),
        })
    }
}
