//! The Lambda function of `elastic-beanstalk-logs-to-cloudwatch`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticbeanstalk::ElasticBeanstalkLogsToCloudwatch>()
}
