//! The Lambda function of `iam-policy-no-statements-with-full-access`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamPolicyNoStatementsWithFullAccess>()
}
