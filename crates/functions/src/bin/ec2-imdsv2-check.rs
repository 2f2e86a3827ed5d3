//! The Lambda function of `ec2-imdsv2-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2Imdsv2Check>()
}
