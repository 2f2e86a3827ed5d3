//! The Lambda function of `ecs-task-definition-user-for-host-mode-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ecs::EcsTaskDefinitionUserForHostModeCheck>()
}
