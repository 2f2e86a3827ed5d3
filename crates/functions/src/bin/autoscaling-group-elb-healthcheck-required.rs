//! The Lambda function of `autoscaling-group-elb-healthcheck-required`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::autoscaling::AutoscalingGroupElbHealthcheckRequired>()
}
