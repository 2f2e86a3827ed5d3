//! The Lambda function of `opensearch-encrypted-at-rest`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchEncryptedAtRest>()
}
