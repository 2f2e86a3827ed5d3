//! The Lambda function of `secretsmanager-rotation-enabled-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::secretsmanager::SecretsmanagerRotationEnabledCheck>()
}
