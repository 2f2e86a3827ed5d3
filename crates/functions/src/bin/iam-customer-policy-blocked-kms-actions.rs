//! The Lambda function of `iam-customer-policy-blocked-kms-actions`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamCustomerPolicyBlockedKmsActions>()
}
