//! The Lambda function of `elbv2-predefined-security-policy-ssl-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::Elbv2PredefinedSecurityPolicySslCheck>()
}
