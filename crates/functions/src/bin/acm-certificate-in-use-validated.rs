//! The Lambda function of `acm-certificate-in-use-validated`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::acm::AcmCertificateInUseValidated>()
}
