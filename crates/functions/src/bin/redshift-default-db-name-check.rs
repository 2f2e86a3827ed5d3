//! The Lambda function of `redshift-default-db-name-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftDefaultDbNameCheck>()
}
