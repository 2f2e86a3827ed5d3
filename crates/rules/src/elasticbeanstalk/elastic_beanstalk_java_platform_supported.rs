use config_item::{Item, views::elasticbeanstalk as eb};
use config_rule::{CannotJudge, Context, Home, Managed, Regex, Rule, Severity, Trigger, Verdict, rule};

use super::terminated;

rule! {
    /// Elastic Beanstalk environments run on an allowed platform, such as Corretto.
    ///
    /// Corretto and Tomcat on Corretto are the Java platforms that AWS keeps up to date; what else runs the backend is
    /// nobody's job to patch. Which platforms are allowed is a pattern on their names, so the same rule can ask for one
    /// version or for another language.
    ///
    /// Not applicable to terminated environments.
    pub struct ElasticBeanstalkJavaPlatformSupported {
        id: "elastic-beanstalk-java-platform-supported",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Within one platform branch, move to the allowed version: `aws elasticbeanstalk update-environment --environment-id <id> --platform-arn <arn>` (`aws elasticbeanstalk list-platform-versions` lists them). From another branch, make a new environment on the allowed platform, deploy, and swap the URLs: `aws elasticbeanstalk swap-environment-cnames`.",
    }
    params {
        /// What the platform's ARN or name must match somewhere: a regular expression.
        allowed: Regex = corretto_or_tomcat(), "allowedPlatformPattern";
    }
}

fn corretto_or_tomcat() -> Regex {
    Regex::new("(?i)(corretto|tomcat)").expect("a regular expression")
}

impl Rule for ElasticBeanstalkJavaPlatformSupported {
    type View = eb::Environment;
    type Params = Params;

    fn evaluate(environment: &Item<'_, eb::Environment>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = terminated(environment)? {
            return Ok(verdict);
        }
        let arn = environment.platform_arn()?;
        if arn.is_some_and(|arn| params.allowed.is_match(arn)) {
            return Ok(Verdict::Compliant);
        }
        let name = environment.solution_stack_name()?;
        if name.is_some_and(|name| params.allowed.is_match(name)) {
            return Ok(Verdict::Compliant);
        }
        let Some(platform) = name.or(arn) else {
            return Ok(Verdict::non_compliant("the item does not say which platform the environment runs on"));
        };
        Ok(Verdict::non_compliant(format!(
            "the platform is {platform}, which does not match {}",
            params.allowed.as_str()
        )))
    }
}
