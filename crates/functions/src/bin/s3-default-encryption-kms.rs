//! The Lambda function of `s3-default-encryption-kms`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3DefaultEncryptionKms>()
}
