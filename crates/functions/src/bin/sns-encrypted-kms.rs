//! The Lambda function of `sns-encrypted-kms`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sns::SnsEncryptedKms>()
}
