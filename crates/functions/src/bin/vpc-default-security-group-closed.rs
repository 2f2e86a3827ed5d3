//! The Lambda function of `vpc-default-security-group-closed`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcDefaultSecurityGroupClosed>()
}
