//! The Lambda function of `ec2-instance-profile-attached`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2InstanceProfileAttached>()
}
