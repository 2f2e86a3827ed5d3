//! The Lambda function of `internet-gateway-authorized-vpc-only`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::InternetGatewayAuthorizedVpcOnly>()
}
