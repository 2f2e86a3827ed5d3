//! The Lambda function of `alb-http-drop-invalid-header-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::AlbHttpDropInvalidHeaderEnabled>()
}
