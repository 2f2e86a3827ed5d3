//! The Lambda function of `acm-certificate-rsa-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::acm::AcmCertificateRsaCheck>()
}
