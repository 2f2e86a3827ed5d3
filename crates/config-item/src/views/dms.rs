//! AWS Database Migration Service.

use super::macros::view;

view! {
    /// A replication instance.
    pub struct ReplicationInstance("AWS::DMS::ReplicationInstance") {
        configuration {
            /// Whether the instance has a public address.
            publicly_accessible: bool = "PubliclyAccessible",
        }
    }
}
