//! The Lambda function of `subnet-auto-assign-public-ip-disabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::SubnetAutoAssignPublicIpDisabled>()
}
