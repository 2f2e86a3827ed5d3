//! The Lambda function of `restricted-common-ports`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::RestrictedCommonPorts>()
}
