//! The Lambda function of `opensearch-node-to-node-encryption-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchNodeToNodeEncryptionCheck>()
}
