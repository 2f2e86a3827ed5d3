//! The Lambda function of `vpc-sg-kibana-restricted-to-vpn`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcSgKibanaRestrictedToVpn>()
}
