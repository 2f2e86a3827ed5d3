use config_item::views::elasticsearch::{self, SearchDomain};
use config_item::views::opensearch;
use config_item::{Item, Unreadable};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use crate::opensearch::domain::spread_over_zones;
use crate::tags;

rule! {
    /// Search domains of production span zones.
    ///
    /// With zone awareness, copies of the data lie in different zones, and the domain outlives the loss of one. It takes
    /// two data nodes or more. Domains of both resource types are judged.
    ///
    /// Not applicable to domains that are tagged as something else than production. One without the tag is judged.
    pub struct ElasticsearchZoneAwareness {
        id: "elasticsearch-zone-awareness",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Add nodes and spread them: `aws opensearch update-domain-config --domain-name <name> --cluster-config 'InstanceCount=2,ZoneAwarenessEnabled=true,ZoneAwarenessConfig={AvailabilityZoneCount=2}'`. In a VPC, name a subnet in each zone.",
    }
    params {
        /// Fewest data nodes accepted. Below 2 counts as 2: one node spans nothing.
        min_data_nodes: u32 = 2_u32, "minDataNodes";
        /// Key of the tag that marks production.
        tag_key: String = "environment", "productionTagKey";
        /// Value of the tag that marks production, in any letter case.
        tag_value: String = "production", "productionTagValue";
    }
}

impl Rule for ElasticsearchZoneAwareness {
    type View = SearchDomain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, SearchDomain>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = tags::differing(domain.source(), &params.tag_key, &params.tag_value)? {
            return Ok(verdict);
        }
        let (zone_awareness, nodes) = match &**domain {
            SearchDomain::Elasticsearch(domain) => of_elasticsearch(domain)?,
            SearchDomain::OpenSearch(domain) => of_opensearch(domain)?,
        };
        Ok(spread_over_zones(zone_awareness, nodes, i64::from(params.min_data_nodes.max(2))))
    }
}

type Spread = (Option<bool>, Option<i64>);

fn of_elasticsearch(domain: &elasticsearch::Domain) -> Result<Spread, Unreadable> {
    let Some(cluster) = domain.cluster_config()? else { return Ok((None, None)) };
    Ok((cluster.zone_awareness_enabled()?, cluster.instance_count()?))
}

fn of_opensearch(domain: &opensearch::Domain) -> Result<Spread, Unreadable> {
    let Some(cluster) = domain.cluster_config()? else { return Ok((None, None)) };
    Ok((cluster.zone_awareness_enabled()?, cluster.instance_count()?))
}
