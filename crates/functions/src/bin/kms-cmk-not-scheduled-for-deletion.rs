//! The Lambda function of `kms-cmk-not-scheduled-for-deletion`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::kms::KmsCmkNotScheduledForDeletion>()
}
