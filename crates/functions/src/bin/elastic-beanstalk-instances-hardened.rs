//! The Lambda function of `elastic-beanstalk-instances-hardened`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticbeanstalk::ElasticBeanstalkInstancesHardened>()
}
