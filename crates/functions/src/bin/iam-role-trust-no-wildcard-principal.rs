//! The Lambda function of `iam-role-trust-no-wildcard-principal`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::iam::IamRoleTrustNoWildcardPrincipal>()
}
