//! The Lambda function of `elb-acm-certificate-required`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbAcmCertificateRequired>()
}
