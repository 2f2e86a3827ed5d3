use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// EBS volumes are attached to instances.
    ///
    /// A volume that nothing uses is data that nobody looks after. Where `deleteOnTermination` is given, every
    /// attachment must be set so: true, and no volume is left over from its instance; false, and its data survives.
    ///
    /// Whether software on the instance uses the volume is not in the item.
    pub struct Ec2VolumeInuseCheck {
        id: "ec2-volume-inuse-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_VOLUME_INUSE_CHECK"),
        remediation: "Make a snapshot of what must be kept and delete the volume: `aws ec2 create-snapshot --volume-id <volume>`, `aws ec2 delete-volume --volume-id <volume>`. The setting is changed with `aws ec2 modify-instance-attribute --block-device-mappings`.",
    }
    params {
        /// The value required of `deleteOnTermination`.
        delete_on_termination: bool, "deleteOnTermination";
    }
}

impl Rule for Ec2VolumeInuseCheck {
    type View = ec2::Volume;
    type Params = Params;

    fn evaluate(volume: &Item<'_, ec2::Volume>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(attachments) = volume.attachments()? else {
            return Ok(Verdict::non_compliant("the item does not say what the volume is attached to"));
        };
        if attachments.is_empty() {
            return Ok(Verdict::non_compliant("the volume is attached to no instance"));
        }
        let Some(required) = params.delete_on_termination else { return Ok(Verdict::Compliant) };
        for attachment in attachments {
            let instance = attachment.instance_id()?.unwrap_or("unnamed");
            match attachment.delete_on_termination()? {
                Some(setting) if setting == required => {}
                Some(setting) => {
                    return Ok(Verdict::non_compliant(format!(
                        "deleteOnTermination is {setting}, not the required {required}, at instance {instance}"
                    )));
                }
                None => {
                    return Ok(Verdict::non_compliant(format!(
                        "the item does not say whether the volume is deleted with instance {instance}"
                    )));
                }
            }
        }
        Ok(Verdict::Compliant)
    }
}
