//! The Lambda function of `ec2-no-amazon-key-pair`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2NoAmazonKeyPair>()
}
