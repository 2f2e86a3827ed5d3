//! The Lambda function of `eip-attached`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::EipAttached>()
}
