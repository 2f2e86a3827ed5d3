//! The Lambda function of `elb-deletion-protection-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbDeletionProtectionEnabled>()
}
