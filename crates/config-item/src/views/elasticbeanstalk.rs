//! AWS Elastic Beanstalk.

use serde::de::MapAccess;

use super::macros::{object, view};
use crate::json::Text;
use crate::view::skip;
use crate::{Field, Reading, Unreadable, Wire};

view! {
    /// An environment.
    pub struct Environment("AWS::ElasticBeanstalk::Environment") {
        configuration {
            /// `Ready` and the like; `Terminated` for an hour after the end.
            status: String = "status",
            /// The platform's ARN, which ends in its name and version.
            platform_arn: String = "platformArn",
            /// The platform's name with that of its operating system.
            solution_stack_name: String = "solutionStackName",
            /// The options, by namespace.
            option_settings: OptionSettings = "optionSettings",
        }
    }
}

object! {
    /// The options of an environment, by namespace.
    pub struct OptionSettings at "configuration.optionSettings" {
        /// The group that the instances scale in.
        auto_scaling_group: AutoScalingGroup = "aws:autoscaling:asg",
        /// The instances.
        launch_configuration: LaunchConfiguration = "aws:autoscaling:launchconfiguration",
        /// Logs sent to CloudWatch Logs.
        logs: Logs = "aws:elasticbeanstalk:cloudwatch:logs",
        /// The environment itself.
        environment: EnvironmentOptions = "aws:elasticbeanstalk:environment",
        /// How health is reported.
        health_reporting: HealthReporting = "aws:elasticbeanstalk:healthreporting:system",
        /// What Elastic Beanstalk does by itself.
        managed_actions: ManagedActions = "aws:elasticbeanstalk:managedactions",
        /// Which updates of the platform it applies by itself.
        platform_update: PlatformUpdate = "aws:elasticbeanstalk:managedactions:platformupdate",
    }
}

object! {
    /// The group that the instances scale in.
    pub struct AutoScalingGroup at "configuration.optionSettings.aws:autoscaling:asg" {
        /// The fewest instances.
        min_size: NumberOption = "MinSize",
        /// `Any`, or `Any 2` for two of the region's zones.
        availability_zones: TextOption = "Availability Zones",
        /// The zones by name, comma-separated.
        custom_availability_zones: TextOption = "Custom Availability Zones",
    }
}

object! {
    /// The instances.
    pub struct LaunchConfiguration at "configuration.optionSettings.aws:autoscaling:launchconfiguration" {
        /// Whether version 1 of the metadata service is off.
        disable_imds_v1: SwitchOption = "DisableIMDSv1",
        /// The instance profile, by name or ARN.
        iam_instance_profile: TextOption = "IamInstanceProfile",
        /// Who may use SSH: `tcp,22,22,10.0.0.0/8`.
        ssh_source_restriction: TextOption = "SSHSourceRestriction",
    }
}

object! {
    /// Logs sent to CloudWatch Logs.
    pub struct Logs at "configuration.optionSettings.aws:elasticbeanstalk:cloudwatch:logs" {
        /// Whether they are sent.
        stream_logs: SwitchOption = "StreamLogs",
        /// How many days they are kept.
        retention_in_days: NumberOption = "RetentionInDays",
        /// Whether they are deleted with the environment.
        delete_on_terminate: SwitchOption = "DeleteOnTerminate",
    }
}

object! {
    /// The environment itself.
    pub struct EnvironmentOptions at "configuration.optionSettings.aws:elasticbeanstalk:environment" {
        /// `LoadBalanced` or `SingleInstance`.
        environment_type: TextOption = "EnvironmentType",
    }
}

object! {
    /// How health is reported.
    pub struct HealthReporting at "configuration.optionSettings.aws:elasticbeanstalk:healthreporting:system" {
        /// `basic` or `enhanced`.
        system_type: TextOption = "SystemType",
    }
}

object! {
    /// What Elastic Beanstalk does by itself.
    pub struct ManagedActions at "configuration.optionSettings.aws:elasticbeanstalk:managedactions" {
        /// Whether it updates the platform.
        managed_actions_enabled: SwitchOption = "ManagedActionsEnabled",
    }
}

object! {
    /// Which updates of the platform Elastic Beanstalk applies by itself.
    pub struct PlatformUpdate at "configuration.optionSettings.aws:elasticbeanstalk:managedactions:platformupdate" {
        /// `patch`, or `minor` for both.
        update_level: TextOption = "UpdateLevel",
    }
}

/// An option that is on or off.
pub type SwitchOption = EnvironmentOption<bool>;

/// An option that is a number.
pub type NumberOption = EnvironmentOption<i64>;

/// An option that is a text.
pub type TextOption = EnvironmentOption<String>;

/// An option: an object with `value` in real items; the bare value is understood as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentOption<T>(Field<T>);

impl<T: Wire> EnvironmentOption<T> {
    /// The option's value.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where the item holds something else there.
    pub fn value(&self) -> Result<Option<T::Ref<'_>>, Unreadable> {
        Ok(self.0.get("configuration.optionSettings.*.*.value")?.map(Wire::as_seen))
    }

    fn bare(reading: Reading<T>) -> Reading<Self> {
        reading.map(|value| Self(Field::Value(value)))
    }
}

impl<T: Wire + 'static> Wire for EnvironmentOption<T> {
    type Ref<'a> = &'a Self;
    const EXPECTED: &'static str = T::EXPECTED;

    fn as_seen(&self) -> &Self {
        self
    }

    fn from_bool(value: bool) -> Reading<Self> {
        Self::bare(T::from_bool(value))
    }

    fn from_integer(value: i64) -> Reading<Self> {
        Self::bare(T::from_integer(value))
    }

    fn from_text(text: &str) -> Reading<Self> {
        Self::bare(T::from_text(text))
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut value = Field::Absent;
        while let Some(Text(key)) = object.next_key()? {
            match key.as_ref() {
                "value" => value = object.next_value()?,
                _ => skip(&mut object)?,
            }
        }
        Ok(Ok(Self(value)))
    }

    fn paths(path: &str, into: &mut Vec<String>) {
        T::paths(&format!("{path}.value"), into);
    }
}
