//! The Lambda function of `elastic-beanstalk-java-platform-supported`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticbeanstalk::ElasticBeanstalkJavaPlatformSupported>()
}
