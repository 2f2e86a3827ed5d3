//! The Lambda function of `cloudformation-termination-protection-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudformation::CloudformationTerminationProtectionCheck>()
}
