//! The Lambda function of `vpc-sg-open-only-to-authorized-ports`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcSgOpenOnlyToAuthorizedPorts>()
}
