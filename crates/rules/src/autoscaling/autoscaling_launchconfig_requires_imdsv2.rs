use config_item::{Item, views::autoscaling};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Launch configurations require session tokens for instance metadata.
    ///
    /// The credentials of the instances' role are part of the metadata. Without tokens (IMDSv2), a web application that
    /// can be talked into fetching an address hands them out. A launch configuration that says nothing allows requests
    /// without tokens and is noncompliant.
    pub struct AutoscalingLaunchconfigRequiresImdsv2 {
        id: "autoscaling-launchconfig-requires-imdsv2",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2"),
        remediation: "A launch configuration can't be changed: make a launch template with `MetadataOptions={HttpTokens=required}`, `aws ec2 create-launch-template`, and give it to the group: `aws autoscaling update-auto-scaling-group --launch-template`. Then delete the launch configuration.",
    }
}

impl Rule for AutoscalingLaunchconfigRequiresImdsv2 {
    type View = autoscaling::LaunchConfiguration;
    type Params = Params;

    fn evaluate(
        launch: &Item<'_, autoscaling::LaunchConfiguration>,
        _: &Params,
        _: &Context,
    ) -> Result<Verdict, CannotJudge> {
        let tokens = match launch.metadata_options()? {
            Some(options) => options.http_tokens()?,
            None => None,
        };
        Ok(match tokens {
            Some(tokens) if tokens.eq_ignore_ascii_case("required") => Verdict::Compliant,
            Some(tokens) => Verdict::non_compliant(format!("metadata tokens are {tokens}, not required")),
            None => Verdict::non_compliant("the launch configuration does not require metadata tokens"),
        })
    }
}
