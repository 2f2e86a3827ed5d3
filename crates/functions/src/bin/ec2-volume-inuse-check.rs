//! The Lambda function of `ec2-volume-inuse-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ebs::Ec2VolumeInuseCheck>()
}
