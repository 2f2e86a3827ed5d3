//! The Lambda function of `elb-cross-zone-load-balancing-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbCrossZoneLoadBalancingEnabled>()
}
