//! Rules about Amazon Elastic Container Service.

mod ecs_containers_readonly_access;
mod ecs_task_definition_user_for_host_mode_check;

use config_item::{Unreadable, views::ecs::TaskDefinition};
use config_rule::Entry;

pub use ecs_containers_readonly_access::EcsContainersReadonlyAccess;
pub use ecs_task_definition_user_for_host_mode_check::EcsTaskDefinitionUserForHostModeCheck;

/// The rules of this service, by id.
pub const RULES: &[Entry] =
    &[Entry::item::<EcsContainersReadonlyAccess>(), Entry::item::<EcsTaskDefinitionUserForHostModeCheck>()];

/// Whether no new task can be started from the revision. One that does not say its status is taken for active.
fn is_inactive(task: &TaskDefinition) -> Result<bool, Unreadable> {
    Ok(task.status()?.is_some_and(|status| {
        ["INACTIVE", "DELETE_IN_PROGRESS"].iter().any(|inactive| status.eq_ignore_ascii_case(inactive))
    }))
}
