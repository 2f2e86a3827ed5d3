//! The Lambda function of `alb-desync-mode-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::AlbDesyncModeCheck>()
}
