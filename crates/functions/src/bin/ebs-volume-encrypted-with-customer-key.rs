//! The Lambda function of `ebs-volume-encrypted-with-customer-key`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ebs::EbsVolumeEncryptedWithCustomerKey>()
}
