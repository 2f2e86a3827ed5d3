//! The Lambda function of `efs-encrypted-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::efs::EfsEncryptedCheck>()
}
