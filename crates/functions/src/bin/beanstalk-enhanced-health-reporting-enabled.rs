//! The Lambda function of `beanstalk-enhanced-health-reporting-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticbeanstalk::BeanstalkEnhancedHealthReportingEnabled>()
}
