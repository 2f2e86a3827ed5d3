//! The Lambda function of `elb-predefined-security-policy-ssl-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbPredefinedSecurityPolicySslCheck>()
}
