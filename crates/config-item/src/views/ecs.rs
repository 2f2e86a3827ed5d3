//! Amazon Elastic Container Service.

use super::macros::{object, view};

view! {
    /// A revision of a task definition.
    pub struct TaskDefinition("AWS::ECS::TaskDefinition") {
        configuration {
            /// `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`.
            status: String = "Status",
            /// `none`, `bridge`, `awsvpc` or `host`; where it is left out, the platform's default, which is never
            /// `host`.
            network_mode: String = "NetworkMode",
            /// The containers.
            container_definitions: Vec<ContainerDefinition> = "ContainerDefinitions",
        }
    }
}

object! {
    /// One container of a task definition.
    pub struct ContainerDefinition at "configuration.ContainerDefinitions" {
        /// The container's name.
        name: String = "Name",
        /// Whether the root file system can't be written; left out where it can.
        readonly_root_filesystem: bool = "ReadonlyRootFilesystem",
        /// Whether the container has root's powers over the host.
        privileged: bool = "Privileged",
        /// The user that the container runs as: a name or id, with a group's after a colon.
        user: String = "User",
    }
}
