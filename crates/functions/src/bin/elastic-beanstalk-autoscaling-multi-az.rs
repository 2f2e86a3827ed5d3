//! The Lambda function of `elastic-beanstalk-autoscaling-multi-az`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticbeanstalk::ElasticBeanstalkAutoscalingMultiAz>()
}
