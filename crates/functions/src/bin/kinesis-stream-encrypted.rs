//! The Lambda function of `kinesis-stream-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::kinesis::KinesisStreamEncrypted>()
}
