//! The Lambda function of `elb-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbLoggingEnabled>()
}
