//! The Lambda function of `elbv2-target-group-health-check-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::Elbv2TargetGroupHealthCheckEncrypted>()
}
