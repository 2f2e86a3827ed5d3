//! AWS Elastic Beanstalk.

use super::macros::{object, view};

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

object! {
    /// An option that is on or off.
    pub struct SwitchOption at "configuration.optionSettings.*.*" {
        /// The option's value.
        value: bool = "value",
    }
}

object! {
    /// An option that is a number.
    pub struct NumberOption at "configuration.optionSettings.*.*" {
        /// The option's value.
        value: i64 = "value",
    }
}

object! {
    /// An option that is a text.
    pub struct TextOption at "configuration.optionSettings.*.*" {
        /// The option's value.
        value: String = "value",
    }
}
