//! The Lambda function of `elasticsearch-node-to-node-encryption-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchNodeToNodeEncryptionCheck>()
}
