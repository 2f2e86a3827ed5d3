use config_item::{Item, views::elasticbeanstalk as eb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::terminated;
use crate::tags;
use crate::words::{all_of, count};

rule! {
    /// Elastic Beanstalk environments of production run in several zones.
    ///
    /// One instance, or all of them in one zone, go down together. A production environment is load balanced, has at
    /// least two instances, and its instances may run in any zone or in two of them. In a VPC, the zones are those of its
    /// subnets, which the item does not show.
    ///
    /// Not applicable to environments that are not tagged as production, and to terminated ones.
    pub struct ElasticBeanstalkAutoscalingMultiAz {
        id: "elastic-beanstalk-autoscaling-multi-az",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Spread the environment: `aws elasticbeanstalk update-environment --environment-id <id> --option-settings Namespace=aws:elasticbeanstalk:environment,OptionName=EnvironmentType,Value=LoadBalanced Namespace=aws:autoscaling:asg,OptionName=MinSize,Value=2 'Namespace=aws:autoscaling:asg,OptionName=Availability Zones,Value=Any 2'`.",
    }
    params {
        /// Fewest instances accepted.
        min_instances: u32 = 2_u32, "minInstances";
        /// Key of the tag that marks production.
        tag_key: String = "environment", "productionTagKey";
        /// Value of the tag that marks production, in any letter case.
        tag_value: String = "production", "productionTagValue";
    }
}

impl Rule for ElasticBeanstalkAutoscalingMultiAz {
    type View = eb::Environment;
    type Params = Params;

    fn evaluate(environment: &Item<'_, eb::Environment>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = terminated(environment)? {
            return Ok(verdict);
        }
        if let Some(verdict) = tags::lacking(environment.source(), &params.tag_key, &params.tag_value)? {
            return Ok(verdict);
        }
        let Some(settings) = environment.option_settings()? else {
            return Ok(Verdict::non_compliant("the item does not hold the environment's options"));
        };
        let group = settings.auto_scaling_group()?;
        let findings: Vec<_> = [
            environment_type(settings.environment()?)?,
            instances(group, i64::from(params.min_instances))?,
            zones(group)?,
        ]
        .into_iter()
        .flatten()
        .collect();
        Ok(all_of(&findings))
    }
}

fn environment_type(options: Option<&eb::EnvironmentOptions>) -> Result<Option<String>, CannotJudge> {
    let kind = options.map_or(Ok(None), eb::EnvironmentOptions::environment_type)?;
    Ok(match kind.map_or(Ok(None), eb::TextOption::value)? {
        Some(kind) if kind.eq_ignore_ascii_case("LoadBalanced") => None,
        Some(kind) => Some(format!("the environment's type is {kind}, not LoadBalanced")),
        None => Some("the item does not say the environment's type".to_owned()),
    })
}

fn instances(group: Option<&eb::AutoScalingGroup>, required: i64) -> Result<Option<String>, CannotJudge> {
    let least = group.map_or(Ok(None), eb::AutoScalingGroup::min_size)?;
    Ok(match least.map_or(Ok(None), eb::NumberOption::value)? {
        Some(least) if least >= required => None,
        Some(least) => {
            Some(format!("it may shrink to {}, fewer than the required {required}", count(least, "instance")))
        }
        None => Some("the item does not say the fewest instances".to_owned()),
    })
}

fn zones(group: Option<&eb::AutoScalingGroup>) -> Result<Option<String>, CannotJudge> {
    let custom = group.map_or(Ok(None), eb::AutoScalingGroup::custom_availability_zones)?;
    if let Some(names) = custom.map_or(Ok(None), eb::TextOption::value)?
        && !names.trim().is_empty()
    {
        return Ok((!are_several(names)).then(|| format!("its instances are in {} only", names.trim())));
    }
    let zones = group.map_or(Ok(None), eb::AutoScalingGroup::availability_zones)?;
    Ok(match zones.map_or(Ok(None), eb::TextOption::value)? {
        Some(zones) if are_several(zones) => None,
        Some(zones) => Some(format!("Availability Zones is {zones}, not at least two")),
        None => Some("the item does not say the availability zones".to_owned()),
    })
}

/// Whether `Any`, `Any 2` or a list of names means two zones or more.
fn are_several(zones: &str) -> bool {
    match zones.trim().strip_prefix("Any") {
        Some("") => true,
        Some(number) => number.trim().parse::<u32>().is_ok_and(|number| number >= 2),
        None => zones.split(',').filter(|name| !name.trim().is_empty()).count() >= 2,
    }
}
