//! The Lambda function of `elb-tls-https-listeners-only`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbTlsHttpsListenersOnly>()
}
