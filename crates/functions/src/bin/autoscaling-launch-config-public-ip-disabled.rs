//! The Lambda function of `autoscaling-launch-config-public-ip-disabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::autoscaling::AutoscalingLaunchConfigPublicIpDisabled>()
}
