//! The Lambda function of `cmk-backing-key-rotation-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::kms::CmkBackingKeyRotationEnabled>()
}
