//! The Lambda function of `autoscaling-multiple-az`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::autoscaling::AutoscalingMultipleAz>()
}
