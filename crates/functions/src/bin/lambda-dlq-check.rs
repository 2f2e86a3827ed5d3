//! The Lambda function of `lambda-dlq-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::lambda::LambdaDlqCheck>()
}
