//! The Lambda function of `vpc-vpn-2-tunnels-up`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcVpn2TunnelsUp>()
}
