//! The Lambda function of `elasticsearch-encrypted-at-rest`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchEncryptedAtRest>()
}
