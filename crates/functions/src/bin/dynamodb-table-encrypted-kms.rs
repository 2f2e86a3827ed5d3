//! The Lambda function of `dynamodb-table-encrypted-kms`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::dynamodb::DynamodbTableEncryptedKms>()
}
