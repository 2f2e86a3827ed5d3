//! The Lambda function of `no-unrestricted-route-to-igw`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::NoUnrestrictedRouteToIgw>()
}
