//! The Lambda function of `elbv2-multiple-az`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::Elbv2MultipleAz>()
}
