//! The Lambda function of `iam-role-saml-trust-conditions`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamRoleSamlTrustConditions>()
}
