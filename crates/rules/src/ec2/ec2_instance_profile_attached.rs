use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::in_state;

rule! {
    /// Instances have an instance profile.
    ///
    /// With a profile, software on the instance gets short-lived credentials of a role; without one, somebody puts
    /// long-lived access keys on the disk. Where `IamInstanceProfileArnList` is given, the profile must be one of it.
    ///
    /// Not applicable to terminated instances.
    pub struct Ec2InstanceProfileAttached {
        id: "ec2-instance-profile-attached",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_INSTANCE_PROFILE_ATTACHED"),
        remediation: "Attach a profile whose role allows what the instance needs: `aws ec2 associate-iam-instance-profile --instance-id <instance> --iam-instance-profile Name=<profile>`. Replace a wrong one with `aws ec2 replace-iam-instance-profile-association`.",
    }
    params {
        /// ARNs of the instance profiles that are accepted.
        accepted: Vec<String>, "IamInstanceProfileArnList";
    }
}

impl Rule for Ec2InstanceProfileAttached {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated"])? {
            return Ok(verdict);
        }
        let profile = match instance.iam_instance_profile()? {
            Some(profile) => profile.arn()?.filter(|arn| !arn.is_empty()),
            None => None,
        };
        let Some(profile) = profile else {
            return Ok(Verdict::non_compliant("the instance has no instance profile"));
        };
        match &params.accepted {
            Some(accepted) if !accepted.iter().any(|arn| arn == profile) => {
                Ok(Verdict::non_compliant(format!("the instance profile is {profile}, which is not an accepted one")))
            }
            _ => Ok(Verdict::Compliant),
        }
    }
}
