//! The Lambda function of `cloudfront-custom-ssl-certificate`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontCustomSslCertificate>()
}
