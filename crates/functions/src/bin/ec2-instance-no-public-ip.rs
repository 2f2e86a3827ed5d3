//! The Lambda function of `ec2-instance-no-public-ip`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2InstanceNoPublicIp>()
}
