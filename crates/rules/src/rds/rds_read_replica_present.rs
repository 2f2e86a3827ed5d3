use config_item::{Item, views::rds};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{is_cluster_member, is_read_replica};
use crate::tags;
use crate::words::count;

rule! {
    /// Databases of production have read replicas.
    ///
    /// A read replica takes reporting off the primary and can be promoted when the primary is lost. An instance's
    /// replicas are instances and clusters that replicate it; a cluster's are its members that don't write, and the
    /// clusters that replicate it.
    ///
    /// Not applicable to databases that lack the tag which marks production (`environment=production` unless the
    /// parameters say otherwise), to databases that are replicas themselves, to members of a cluster (the cluster is
    /// judged), to Aurora Serverless v1, and to engines without read replicas: SQL Server other than Enterprise, Oracle
    /// Standard.
    pub struct RdsReadReplicaPresent {
        id: "rds-read-replica-present",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Add a replica: `aws rds create-db-instance-read-replica --source-db-instance-identifier <name> --db-instance-identifier <replica>`; for a cluster, add an instance to it: `aws rds create-db-instance --db-cluster-identifier <cluster> --db-instance-identifier <name> --db-instance-class <class> --engine <engine>`.",
    }
    params {
        /// Fewest read replicas accepted.
        minimum: u32 = 1_u32, "minReplicas";
        /// Key of the tag that marks production.
        tag_key: String = "environment", "productionTagKey";
        /// Value of the tag that marks production, in any letter case.
        tag_value: String = "production", "productionTagValue";
    }
}

impl Rule for RdsReadReplicaPresent {
    type View = rds::Database;
    type Params = Params;

    fn evaluate(database: &Item<'_, rds::Database>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = tags::lacking(database.source(), &params.tag_key, &params.tag_value)? {
            return Ok(verdict);
        }
        let replicas = match &**database {
            rds::Database::Instance(db) => replicas_of_instance(db)?,
            rds::Database::Cluster(cluster) => replicas_of_cluster(cluster)?,
        };
        let replicas = match replicas {
            Replicas::Counted(replicas) => replicas,
            Replicas::NotApplicable(why) => return Ok(Verdict::not_applicable(why)),
        };
        if replicas < params.minimum as usize {
            return Ok(Verdict::non_compliant(format!(
                "the database has {replicas} of the required {}",
                count(i64::from(params.minimum), "read replica")
            )));
        }
        Ok(Verdict::Compliant)
    }
}

enum Replicas {
    Counted(usize),
    NotApplicable(&'static str),
}

fn replicas_of_instance(db: &rds::DbInstance) -> Result<Replicas, CannotJudge> {
    if is_cluster_member(db)? {
        return Ok(Replicas::NotApplicable("the instance is a member of a cluster, which is judged itself"));
    }
    if is_read_replica(db)? {
        return Ok(Replicas::NotApplicable("the instance is a read replica"));
    }
    if db.engine()?.is_some_and(has_no_replicas) {
        return Ok(Replicas::NotApplicable("the instance's engine has no read replicas"));
    }
    let lists = [db.read_replicas()?, db.read_replica_clusters()?];
    Ok(Replicas::Counted(lists.into_iter().flatten().flatten().count()))
}

fn replicas_of_cluster(cluster: &rds::DbCluster) -> Result<Replicas, CannotJudge> {
    if cluster.replication_source()?.is_some_and(|source| !source.is_empty()) {
        return Ok(Replicas::NotApplicable("the cluster is a replica"));
    }
    if cluster.engine_mode()? == Some("serverless") {
        return Ok(Replicas::NotApplicable("the cluster is Aurora Serverless v1, which has no read replicas"));
    }
    let mut replicas = cluster.read_replicas()?.unwrap_or_default().len();
    for member in cluster.members()?.unwrap_or_default() {
        if member.is_cluster_writer()? == Some(false) {
            replicas += 1;
        }
    }
    Ok(Replicas::Counted(replicas))
}

fn has_no_replicas(engine: &str) -> bool {
    let standard_oracle = engine.starts_with("oracle-se") || engine.starts_with("custom-oracle-se");
    standard_oracle
        || matches!(engine, "sqlserver-ex" | "sqlserver-se" | "sqlserver-web")
        || engine.starts_with("custom-sqlserver")
}
