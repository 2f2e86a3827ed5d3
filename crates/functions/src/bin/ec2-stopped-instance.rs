//! The Lambda function of `ec2-stopped-instance`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2StoppedInstance>()
}
