//! The Lambda function of `vpc-peering-least-access`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcPeeringLeastAccess>()
}
