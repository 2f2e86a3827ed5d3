use config_item::{Item, views::ecs};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::is_inactive;

rule! {
    /// Containers can't write to their root file system.
    ///
    /// Whoever breaks into a container whose root file system is read-only can't change its programs or leave tools
    /// behind. Every container of the task definition must say so; left out, the file system can be written. What a
    /// container must write goes to a mounted volume.
    ///
    /// Whether there is a later revision is not in the item: every active revision is judged, while AWS's managed rule
    /// judges the latest. Containers on Windows can't have a read-only root file system and are noncompliant.
    ///
    /// Not applicable to revisions that are inactive or being deleted: no new task can be started from them.
    pub struct EcsContainersReadonlyAccess {
        id: "ecs-containers-readonly-access",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ECS_CONTAINERS_READONLY_ACCESS"),
        remediation: "Register a revision with `\"readonlyRootFilesystem\": true` on every container, and volumes for what they write: `aws ecs register-task-definition`. Move the services to it and deregister the old revision: `aws ecs deregister-task-definition --task-definition <family>:<revision>`.",
    }
}

impl Rule for EcsContainersReadonlyAccess {
    type View = ecs::TaskDefinition;
    type Params = Params;

    fn evaluate(task: &Item<'_, ecs::TaskDefinition>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if is_inactive(task)? {
            return Ok(Verdict::not_applicable("the revision is not active"));
        }
        let containers = task.container_definitions()?.unwrap_or_default();
        if containers.is_empty() {
            return Ok(Verdict::non_compliant("the item does not list the task definition's containers"));
        }
        let mut writable = Vec::new();
        for container in containers {
            if container.readonly_root_filesystem()? != Some(true) {
                writable.push(container.name()?.unwrap_or("unnamed"));
            }
        }
        if writable.is_empty() {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!(
            "the root file system can be written, and must be read-only, in: {}",
            writable.join(", ")
        )))
    }
}
