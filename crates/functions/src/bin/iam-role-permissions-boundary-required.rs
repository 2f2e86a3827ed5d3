//! The Lambda function of `iam-role-permissions-boundary-required`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamRolePermissionsBoundaryRequired>()
}
