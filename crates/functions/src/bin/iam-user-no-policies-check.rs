//! The Lambda function of `iam-user-no-policies-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamUserNoPoliciesCheck>()
}
