//! The Lambda function of `ec2-client-vpn-connection-logging`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::Ec2ClientVpnConnectionLogging>()
}
