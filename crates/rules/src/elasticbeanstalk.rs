//! Rules about AWS Elastic Beanstalk.

mod beanstalk_enhanced_health_reporting_enabled;
mod elastic_beanstalk_autoscaling_multi_az;
mod elastic_beanstalk_instances_hardened;
mod elastic_beanstalk_java_platform_supported;
mod elastic_beanstalk_logs_to_cloudwatch;
mod elastic_beanstalk_managed_updates_enabled;

use config_item::{Unreadable, views::elasticbeanstalk::Environment};
use config_rule::{Entry, Verdict};

pub use beanstalk_enhanced_health_reporting_enabled::BeanstalkEnhancedHealthReportingEnabled;
pub use elastic_beanstalk_autoscaling_multi_az::ElasticBeanstalkAutoscalingMultiAz;
pub use elastic_beanstalk_instances_hardened::ElasticBeanstalkInstancesHardened;
pub use elastic_beanstalk_java_platform_supported::ElasticBeanstalkJavaPlatformSupported;
pub use elastic_beanstalk_logs_to_cloudwatch::ElasticBeanstalkLogsToCloudwatch;
pub use elastic_beanstalk_managed_updates_enabled::ElasticBeanstalkManagedUpdatesEnabled;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<BeanstalkEnhancedHealthReportingEnabled>(),
    Entry::item::<ElasticBeanstalkAutoscalingMultiAz>(),
    Entry::item::<ElasticBeanstalkInstancesHardened>(),
    Entry::item::<ElasticBeanstalkJavaPlatformSupported>(),
    Entry::item::<ElasticBeanstalkLogsToCloudwatch>(),
    Entry::item::<ElasticBeanstalkManagedUpdatesEnabled>(),
];

/// The verdict on an environment that is terminated: Elastic Beanstalk shows it for a while yet.
fn terminated(environment: &Environment) -> Result<Option<Verdict>, Unreadable> {
    let is_terminated = environment.status()?.is_some_and(|status| status.eq_ignore_ascii_case("Terminated"));
    Ok(is_terminated.then(|| Verdict::not_applicable("the environment is terminated")))
}
