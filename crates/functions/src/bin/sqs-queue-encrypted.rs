//! The Lambda function of `sqs-queue-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sqs::SqsQueueEncrypted>()
}
