//! The Lambda function of `vpc-network-acl-unused-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcNetworkAclUnusedCheck>()
}
