//! The Lambda function of `lambda-inside-vpc`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::lambda::LambdaInsideVpc>()
}
