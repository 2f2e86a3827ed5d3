//! The Lambda function of `elbv2-listener-redirect-or-tls`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::Elbv2ListenerRedirectOrTls>()
}
