//! The Lambda function of `lambda-function-settings-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::lambda::LambdaFunctionSettingsCheck>()
}
