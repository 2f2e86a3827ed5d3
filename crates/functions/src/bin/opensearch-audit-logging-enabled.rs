//! The Lambda function of `opensearch-audit-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchAuditLoggingEnabled>()
}
