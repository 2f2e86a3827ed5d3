use config_item::{Item, views::elasticbeanstalk as eb};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::terminated;
use crate::words::all_of;

rule! {
    /// Elastic Beanstalk instances refuse IMDSv1 and SSH from anywhere.
    ///
    /// Three options of the instances are judged: version 1 of the metadata service is off, since it hands the instance's
    /// credentials to a forged request; there is an instance profile, so that no keys need to lie on the disk; and SSH is
    /// not open to every IPv4 or IPv6 address. Where there is no restriction, Elastic Beanstalk opens SSH to the world for
    /// whoever has the instances' key pair, so an item without one is noncompliant.
    ///
    /// Not applicable to terminated environments.
    pub struct ElasticBeanstalkInstancesHardened {
        id: "elastic-beanstalk-instances-hardened",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::None,
        remediation: "Set the options: `aws elasticbeanstalk update-environment --environment-id <id> --option-settings Namespace=aws:autoscaling:launchconfiguration,OptionName=DisableIMDSv1,Value=true Namespace=aws:autoscaling:launchconfiguration,OptionName=IamInstanceProfile,Value=<profile> 'Namespace=aws:autoscaling:launchconfiguration,OptionName=SSHSourceRestriction,Value=\"tcp,22,22,<group or range>\"'`.",
    }
}

impl Rule for ElasticBeanstalkInstancesHardened {
    type View = eb::Environment;
    type Params = Params;

    fn evaluate(environment: &Item<'_, eb::Environment>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = terminated(environment)? {
            return Ok(verdict);
        }
        let settings = environment.option_settings()?;
        let Some(instances) = settings.map_or(Ok(None), eb::OptionSettings::launch_configuration)? else {
            return Ok(Verdict::non_compliant("the item does not hold the options of the environment's instances"));
        };
        let findings: Vec<_> =
            [metadata_service(instances)?, profile(instances)?, ssh(instances)?].into_iter().flatten().collect();
        Ok(all_of(&findings))
    }
}

fn metadata_service(instances: &eb::LaunchConfiguration) -> Result<Option<String>, CannotJudge> {
    Ok(match instances.disable_imds_v1()?.map_or(Ok(None), eb::SwitchOption::value)? {
        Some(true) => None,
        Some(false) => Some("IMDSv1 is on".to_owned()),
        None => Some("the item does not say whether IMDSv1 is off".to_owned()),
    })
}

fn profile(instances: &eb::LaunchConfiguration) -> Result<Option<String>, CannotJudge> {
    let profile = instances.iam_instance_profile()?.map_or(Ok(None), eb::TextOption::value)?;
    let has_one = profile.is_some_and(|profile| !profile.trim().is_empty());
    Ok((!has_one).then(|| "there is no instance profile".to_owned()))
}

fn ssh(instances: &eb::LaunchConfiguration) -> Result<Option<String>, CannotJudge> {
    let restriction = instances.ssh_source_restriction()?.map_or(Ok(None), eb::TextOption::value)?.unwrap_or_default();
    if restriction.trim().is_empty() {
        return Ok(Some("SSH is not restricted".to_owned()));
    }
    // The source is the last of four: protocol, first port, last port, source.
    let source = restriction.rsplit(',').next().unwrap_or_default().trim();
    // Elastic Beanstalk writes 0.0.0.0/0; any address with /0 means all of them.
    Ok(source.ends_with("/0").then(|| format!("SSH is open to {source}")))
}
