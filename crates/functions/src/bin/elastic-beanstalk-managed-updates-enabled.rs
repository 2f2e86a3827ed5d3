//! The Lambda function of `elastic-beanstalk-managed-updates-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticbeanstalk::ElasticBeanstalkManagedUpdatesEnabled>()
}
