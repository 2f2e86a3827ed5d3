//! The Lambda function of `ec2-instance-detailed-monitoring-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ec2::Ec2InstanceDetailedMonitoringEnabled>()
}
