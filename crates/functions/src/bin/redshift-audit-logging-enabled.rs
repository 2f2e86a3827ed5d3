//! The Lambda function of `redshift-audit-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftAuditLoggingEnabled>()
}
