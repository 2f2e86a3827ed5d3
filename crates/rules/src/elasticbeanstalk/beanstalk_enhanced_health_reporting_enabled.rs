use config_item::{Item, views::elasticbeanstalk as eb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::terminated;

rule! {
    /// Elastic Beanstalk environments report their health in detail.
    ///
    /// Basic reporting asks the load balancer whether instances answer. Enhanced reporting has an agent on each instance
    /// and sees failing requests, a full disk or a stuck deployment minutes earlier; managed updates need it as well.
    ///
    /// Not applicable to terminated environments.
    pub struct BeanstalkEnhancedHealthReportingEnabled {
        id: "beanstalk-enhanced-health-reporting-enabled",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED"),
        remediation: "Turn enhanced health reporting on: `aws elasticbeanstalk update-environment --environment-id <id> --option-settings Namespace=aws:elasticbeanstalk:healthreporting:system,OptionName=SystemType,Value=enhanced`.",
    }
}

impl Rule for BeanstalkEnhancedHealthReportingEnabled {
    type View = eb::Environment;
    type Params = Params;

    fn evaluate(environment: &Item<'_, eb::Environment>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = terminated(environment)? {
            return Ok(verdict);
        }
        let reporting = environment.option_settings()?.map_or(Ok(None), eb::OptionSettings::health_reporting)?;
        let system = reporting.map_or(Ok(None), eb::HealthReporting::system_type)?;
        Ok(match system.map_or(Ok(None), eb::TextOption::value)? {
            Some(system) if system.eq_ignore_ascii_case("enhanced") => Verdict::Compliant,
            Some(system) if !system.is_empty() => {
                Verdict::non_compliant(format!("health reporting is {system}, not enhanced"))
            }
            _ => Verdict::non_compliant("the item does not say how health is reported"),
        })
    }
}
