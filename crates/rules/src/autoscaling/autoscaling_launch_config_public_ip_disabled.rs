use config_item::{Item, views::autoscaling};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Launch configurations do not assign public addresses.
    ///
    /// Every instance that the group ever launches would be on the internet. As with AWS's rule, a launch configuration
    /// that says nothing is compliant: the subnet decides then, which `subnet-auto-assign-public-ip-disabled` judges.
    pub struct AutoscalingLaunchConfigPublicIpDisabled {
        id: "autoscaling-launch-config-public-ip-disabled",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED"),
        remediation: "A launch configuration can't be changed: make a launch template without public addresses, `aws ec2 create-launch-template`, and give it to the group: `aws autoscaling update-auto-scaling-group --launch-template`. Then delete the launch configuration.",
    }
}

impl Rule for AutoscalingLaunchConfigPublicIpDisabled {
    type View = autoscaling::LaunchConfiguration;
    type Params = Params;

    fn evaluate(
        launch: &Item<'_, autoscaling::LaunchConfiguration>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        Ok(match launch.associate_public_ip_address()? {
            Some(true) => Verdict::non_compliant("instances of the launch configuration get a public address"),
            Some(false) | None => Verdict::Compliant,
        })
    }
}
