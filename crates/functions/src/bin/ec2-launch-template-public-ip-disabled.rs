//! The Lambda function of `ec2-launch-template-public-ip-disabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2LaunchTemplatePublicIpDisabled>()
}
