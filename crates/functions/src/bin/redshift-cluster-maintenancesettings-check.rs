//! The Lambda function of `redshift-cluster-maintenancesettings-check`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftClusterMaintenancesettingsCheck>()
}
