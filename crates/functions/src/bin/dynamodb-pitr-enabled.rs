//! The Lambda function of `dynamodb-pitr-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::dynamodb::DynamodbPitrEnabled>()
}
