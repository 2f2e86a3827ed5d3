//! The Lambda function of `ecs-containers-readonly-access`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ecs::EcsContainersReadonlyAccess>()
}
