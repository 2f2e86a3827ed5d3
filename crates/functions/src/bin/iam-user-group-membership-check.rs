//! The Lambda function of `iam-user-group-membership-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamUserGroupMembershipCheck>()
}
