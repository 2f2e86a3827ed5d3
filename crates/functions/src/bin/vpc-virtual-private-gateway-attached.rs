//! The Lambda function of `vpc-virtual-private-gateway-attached`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcVirtualPrivateGatewayAttached>()
}
