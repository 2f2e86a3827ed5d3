//! The Lambda function of `rds-enhanced-monitoring-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::rds::RdsEnhancedMonitoringEnabled>()
}
