//! The Lambda function of `secretsmanager-using-cmk`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::secretsmanager::SecretsmanagerUsingCmk>()
}
