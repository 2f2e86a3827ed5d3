//! The Lambda function of `encrypted-volumes`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ebs::EncryptedVolumes>()
}
