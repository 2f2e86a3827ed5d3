//! The Lambda function of `redshift-default-admin-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftDefaultAdminCheck>()
}
