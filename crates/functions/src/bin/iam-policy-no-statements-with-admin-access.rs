//! The Lambda function of `iam-policy-no-statements-with-admin-access`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamPolicyNoStatementsWithAdminAccess>()
}
