//! The Lambda function of `iam-role-no-attached-admin-policy`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamRoleNoAttachedAdminPolicy>()
}
