use config_item::{Item, views::opensearch};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::domain::spread_over_zones;

/// With fewer, the loss of one node leaves no majority or no second copy.
const DATA_NODES: i64 = 3;

rule! {
    /// OpenSearch domains have three data nodes or more, spread over zones.
    ///
    /// A domain survives the loss of a node, or of a whole zone, if copies of its data lie on nodes elsewhere: at least
    /// three data nodes, with zone awareness on.
    pub struct OpensearchDataNodeFaultTolerance {
        id: "opensearch-data-node-fault-tolerance",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("OPENSEARCH_DATA_NODE_FAULT_TOLERANCE"),
        remediation: "Add nodes and spread them: `aws opensearch update-domain-config --domain-name <name> --cluster-config 'InstanceCount=3,ZoneAwarenessEnabled=true,ZoneAwarenessConfig={AvailabilityZoneCount=3}'`. In a VPC, name a subnet in each zone.",
    }
}

impl Rule for OpensearchDataNodeFaultTolerance {
    type View = opensearch::Domain;
    type Params = Params;

    fn evaluate(domain: &Item<'_, opensearch::Domain>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let cluster = domain.cluster_config()?;
        let zone_awareness = cluster.map_or(Ok(None), opensearch::ClusterConfig::zone_awareness_enabled)?;
        let nodes = cluster.map_or(Ok(None), opensearch::ClusterConfig::instance_count)?;
        Ok(spread_over_zones(zone_awareness, nodes, DATA_NODES))
    }
}
