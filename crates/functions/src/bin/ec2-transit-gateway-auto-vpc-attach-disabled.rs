//! The Lambda function of `ec2-transit-gateway-auto-vpc-attach-disabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::Ec2TransitGatewayAutoVpcAttachDisabled>()
}
