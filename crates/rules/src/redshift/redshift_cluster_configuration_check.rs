use config_item::{Item, views::redshift};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::{audit_logging, differs};
use crate::words::all_of;

rule! {
    /// Redshift clusters are encrypted and write an audit log, as set.
    ///
    /// A warehouse holds everything in one place: its disks and snapshots must be unreadable to whoever gets hold of
    /// them, and who asked it what must be known afterwards. Both settings are compared with the parameters, which ask
    /// for both unless they say otherwise.
    ///
    /// AWS's rule accepts nodes of type `dc1.large` only unless `nodeTypes` says otherwise, a type that is no longer
    /// offered; this rule judges the type only where the parameter is given. Never not applicable to a recorded
    /// cluster.
    pub struct RedshiftClusterConfigurationCheck {
        id: "redshift-cluster-configuration-check",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("REDSHIFT_CLUSTER_CONFIGURATION_CHECK"),
        remediation: "Encrypt the cluster and turn the audit log on: `aws redshift modify-cluster --encrypted --kms-key-id <key> --cluster-identifier <name>`, `aws redshift enable-logging --bucket-name <bucket> --cluster-identifier <name>`. The node type is changed with a resize.",
    }
    params {
        /// Whether encryption is required; `false` requires that there is none.
        encrypted: bool = true, "clusterDbEncrypted";
        /// Whether the audit log is required; `false` requires that there is none.
        logging: bool = true, "loggingEnabled";
        /// Node types that are accepted. Without it, all are.
        node_types: Vec<String>, "nodeTypes";
    }
}

impl Rule for RedshiftClusterConfigurationCheck {
    type View = redshift::Cluster;
    type Params = Params;

    fn evaluate(cluster: &Item<'_, redshift::Cluster>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let mut faults = Vec::new();
        faults.extend(differs("encryption", cluster.encrypted()?, params.encrypted));
        faults.extend(differs("audit logging", audit_logging(cluster)?, params.logging));
        if let Some(accepted) = &params.node_types {
            let node_type = cluster.node_type()?.unwrap_or("unknown");
            if !accepted.iter().any(|accepted| accepted.eq_ignore_ascii_case(node_type)) {
                faults.push(format!("the node type is {node_type}, not one of {}", accepted.join(", ")));
            }
        }
        Ok(all_of(&faults))
    }
}
