use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

/// The types that can be optimized but are not by default (EC2 user guide, "EBS-optimized instances").
const ON_DEMAND: [&str; 17] = [
    "c1.xlarge",
    "c3.xlarge",
    "c3.2xlarge",
    "c3.4xlarge",
    "g2.2xlarge",
    "i2.xlarge",
    "i2.2xlarge",
    "i2.4xlarge",
    "m1.large",
    "m1.xlarge",
    "m2.2xlarge",
    "m2.4xlarge",
    "m3.xlarge",
    "m3.2xlarge",
    "r3.xlarge",
    "r3.2xlarge",
    "r3.4xlarge",
];

/// The families that came before optimization by default: their other types can't be optimized at all.
const OLD_FAMILIES: [&str; 16] =
    ["c1", "c3", "cc1", "cc2", "cg1", "cr1", "g2", "hi1", "hs1", "i2", "m1", "m2", "m3", "r3", "t1", "t2"];

rule! {
    /// Instances whose type allows it are EBS-optimized.
    ///
    /// Without optimization, disk and network traffic share the instance's bandwidth, and backups slow the application
    /// down. All types of today are optimized by default, whatever their items say, and compliant; what is left are the
    /// larger types of a few old families.
    ///
    /// Not applicable to types that can't be optimized, `t2.micro` for one.
    pub struct EbsOptimizedInstance {
        id: "ebs-optimized-instance",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EBS_OPTIMIZED_INSTANCE"),
        remediation: "Stop the instance and turn optimization on: `aws ec2 modify-instance-attribute --instance-id <instance> --ebs-optimized`; better, move to a type of today, which is optimized without extra cost: `--instance-type <type>`.",
    }
}

impl Rule for EbsOptimizedInstance {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if instance.ebs_optimized()? == Some(true) {
            return Ok(Verdict::Compliant);
        }
        let Some(instance_type) = instance.instance_type()? else {
            return Ok(Verdict::non_compliant("the instance is not EBS-optimized, and the item does not say its type"));
        };
        if ON_DEMAND.contains(&instance_type) {
            return Ok(Verdict::non_compliant(format!(
                "the instance is not EBS-optimized, and its type {instance_type} is not by default"
            )));
        }
        if instance_type.split_once('.').is_some_and(|(family, _)| OLD_FAMILIES.contains(&family)) {
            return Ok(Verdict::not_applicable(format!("the instance's type {instance_type} can't be EBS-optimized")));
        }
        Ok(Verdict::Compliant)
    }
}
