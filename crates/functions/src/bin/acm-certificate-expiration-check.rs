//! The Lambda function of `acm-certificate-expiration-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::acm::AcmCertificateExpirationCheck>()
}
