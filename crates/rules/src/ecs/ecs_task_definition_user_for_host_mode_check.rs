use config_item::{Item, views::ecs};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::is_inactive;

rule! {
    /// Containers in the host's network do not run as root unawares.
    ///
    /// In network mode `host` a container shares the interfaces and ports of its host, and as root it can listen to
    /// them and act in the host's name. There, every container must name a user that isn't root, or be marked as
    /// privileged, by which its author says that root is meant. A user left out is root, and so are `0` and `root` with
    /// any group.
    ///
    /// As with AWS's managed rule, other network modes are compliant, and so is a task definition without one: its mode
    /// is the platform's default, which is never `host`. Whether there is a later revision is not in the item: every
    /// revision is judged, while the managed rule judges the latest.
    ///
    /// Not applicable, with `SkipInactiveTaskDefinitions`, to revisions that are inactive or being deleted.
    pub struct EcsTaskDefinitionUserForHostModeCheck {
        id: "ecs-task-definition-user-for-host-mode-check",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ECS_TASK_DEFINITION_USER_FOR_HOST_MODE_CHECK"),
        remediation: "Register a revision with `\"user\"` set to a user of the image that isn't root on every container, or with network mode `awsvpc`: `aws ecs register-task-definition`. Move the services to it and deregister the old revision: `aws ecs deregister-task-definition --task-definition <family>:<revision>`.",
    }
    params {
        /// Whether revisions that are inactive are left out.
        skip_inactive: bool = false, "SkipInactiveTaskDefinitions";
    }
}

impl Rule for EcsTaskDefinitionUserForHostModeCheck {
    type View = ecs::TaskDefinition;
    type Params = Params;

    fn evaluate(task: &Item<'_, ecs::TaskDefinition>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if params.skip_inactive && is_inactive(task)? {
            return Ok(Verdict::not_applicable("the revision is not active, and SkipInactiveTaskDefinitions is true"));
        }
        if !task.network_mode()?.is_some_and(|mode| mode.eq_ignore_ascii_case("host")) {
            return Ok(Verdict::Compliant);
        }
        let containers = task.container_definitions()?.unwrap_or_default();
        if containers.is_empty() {
            return Ok(Verdict::non_compliant("the item does not list the task definition's containers"));
        }
        let mut as_root = Vec::new();
        for container in containers {
            if container.privileged()? != Some(true) && is_root(container.user()?) {
                as_root.push(container.name()?.unwrap_or("unnamed"));
            }
        }
        if as_root.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "in network mode host, containers run as root without being marked as privileged: {}",
            as_root.join(", ")
        )))
    }
}

/// The user stands before a colon and the group, as a name or as an id.
fn is_root(user: Option<&str>) -> bool {
    let Some(user) = user else { return true };
    let user = user.split(':').next().unwrap_or_default().trim();
    user.is_empty() || user.eq_ignore_ascii_case("root") || user.parse() == Ok(0_u32)
}
