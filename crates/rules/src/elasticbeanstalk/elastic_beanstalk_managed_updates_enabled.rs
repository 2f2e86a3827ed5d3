use config_item::{Item, views::elasticbeanstalk as eb};
use config_rule::{CannotJudge, Context, Home, Managed, Parameter, Rule, Severity, Trigger, Verdict, rule};

use super::terminated;

rule! {
    /// Elastic Beanstalk environments update their platform by themselves.
    ///
    /// The platform is the operating system, the web server and the language's runtime: what gets security fixes without
    /// the application changing. Managed updates bring them in every week, in the window that is set.
    ///
    /// Not applicable to terminated environments.
    pub struct ElasticBeanstalkManagedUpdatesEnabled {
        id: "elastic-beanstalk-managed-updates-enabled",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED"),
        remediation: "Turn managed updates on, which need enhanced health reporting: `aws elasticbeanstalk update-environment --environment-id <id> --option-settings Namespace=aws:elasticbeanstalk:managedactions,OptionName=ManagedActionsEnabled,Value=true Namespace=aws:elasticbeanstalk:managedactions,OptionName=PreferredStartTime,Value=Sun:03:00 Namespace=aws:elasticbeanstalk:managedactions:platformupdate,OptionName=UpdateLevel,Value=minor`.",
    }
    params {
        /// The updates that must be applied: `patch`, or `minor` for both.
        update_level: UpdateLevel, "UpdateLevel";
    }
}

impl Rule for ElasticBeanstalkManagedUpdatesEnabled {
    type View = eb::Environment;
    type Params = Params;

    fn evaluate(environment: &Item<'_, eb::Environment>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = terminated(environment)? {
            return Ok(verdict);
        }
        let settings = environment.option_settings()?;
        let actions = settings.map_or(Ok(None), eb::OptionSettings::managed_actions)?;
        let enabled = actions.map_or(Ok(None), eb::ManagedActions::managed_actions_enabled)?;
        match enabled.map_or(Ok(None), eb::SwitchOption::value)? {
            Some(true) => {}
            Some(false) => return Ok(Verdict::non_compliant("managed platform updates are off")),
            None => return Ok(Verdict::non_compliant("the item does not say whether managed platform updates are on")),
        }
        let Some(required) = &params.update_level else { return Ok(Verdict::Compliant) };
        let required = required.show();
        let update = settings.map_or(Ok(None), eb::OptionSettings::platform_update)?;
        let level = update.map_or(Ok(None), eb::PlatformUpdate::update_level)?;
        Ok(match level.map_or(Ok(None), eb::TextOption::value)? {
            Some(level) if level.eq_ignore_ascii_case(&required) => Verdict::Compliant,
            Some(level) => {
                Verdict::non_compliant(format!("managed updates are of level {level}, not of the required {required}"))
            }
            None => {
                Verdict::non_compliant(format!("the item does not say the level of updates, {required} is required"))
            }
        })
    }
}

/// Which updates of a platform are applied.
#[derive(Clone, Copy, Debug)]
pub enum UpdateLevel {
    Minor,
    Patch,
}

impl Parameter for UpdateLevel {
    const ACCEPTS: &'static str = "minor or patch";

    fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "minor" => Some(Self::Minor),
            "patch" => Some(Self::Patch),
            _ => None,
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Minor => "minor".to_owned(),
            Self::Patch => "patch".to_owned(),
        }
    }
}
