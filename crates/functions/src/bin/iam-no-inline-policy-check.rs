//! The Lambda function of `iam-no-inline-policy-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamNoInlinePolicyCheck>()
}
