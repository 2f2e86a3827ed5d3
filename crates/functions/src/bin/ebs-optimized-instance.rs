//! The Lambda function of `ebs-optimized-instance`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::EbsOptimizedInstance>()
}
