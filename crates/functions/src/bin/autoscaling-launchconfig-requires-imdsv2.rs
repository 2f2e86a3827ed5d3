//! The Lambda function of `autoscaling-launchconfig-requires-imdsv2`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::autoscaling::AutoscalingLaunchconfigRequiresImdsv2>()
}
