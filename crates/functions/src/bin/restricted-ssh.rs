//! The Lambda function of `restricted-ssh`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::RestrictedSsh>()
}
