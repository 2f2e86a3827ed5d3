use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::in_state;

rule! {
    /// Instances are launched without an EC2 key pair.
    ///
    /// A key pair is a shared secret: whoever has the file gets a shell, and nobody can say who it was. Session Manager
    /// gives each person a shell under their own name. AWS's managed rule judges running instances; here stopped
    /// ones count as well, since the key still opens them once they are started.
    ///
    /// Not applicable to terminated instances.
    pub struct Ec2NoAmazonKeyPair {
        id: "ec2-no-amazon-key-pair",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::FallsShort {
            identifier: "EC2_NO_AMAZON_KEY_PAIR",
            because: "it judges running instances only",
        },
        remediation: "Launch the instance anew without a key pair (leave `--key-name` out of `aws ec2 run-instances`, and `KeyName` out of the launch template) and use `aws ssm start-session`. Until then, remove the key from `~/.ssh/authorized_keys`.",
    }
}

impl Rule for Ec2NoAmazonKeyPair {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated"])? {
            return Ok(verdict);
        }
        Ok(match instance.key_name()?.filter(|name| !name.is_empty()) {
            Some(name) => Verdict::non_compliant(format!("the instance was launched with the key pair {name}")),
            None => Verdict::Compliant,
        })
    }
}
