//! The Lambda function of `ec2-instances-in-vpc`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2InstancesInVpc>()
}
