//! The Lambda function of `ec2-instance-multiple-eni-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2InstanceMultipleEniCheck>()
}
