use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::in_state;

rule! {
    /// Instances run inside a VPC.
    ///
    /// Outside of one (EC2-Classic) an instance shares a network with strangers. Where `vpcId` is given, the instance
    /// must be in that VPC.
    ///
    /// Not applicable to terminated instances.
    pub struct Ec2InstancesInVpc {
        id: "ec2-instances-in-vpc",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("INSTANCES_IN_VPC"),
        remediation: "Make an image of the instance, `aws ec2 create-image --instance-id <instance>`, launch it in a subnet of the right VPC, `aws ec2 run-instances --image-id <image> --subnet-id <subnet>`, and terminate the old one.",
    }
    params {
        /// The VPC that instances must be in.
        vpc: String, "vpcId";
    }
}

impl Rule for Ec2InstancesInVpc {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated"])? {
            return Ok(verdict);
        }
        let Some(vpc) = instance.vpc_id()?.filter(|vpc| !vpc.is_empty()) else {
            return Ok(Verdict::non_compliant("the instance is in no VPC"));
        };
        match &params.vpc {
            Some(required) if required != vpc => {
                Ok(Verdict::non_compliant(format!("the instance is in {vpc}, not in the required {required}")))
            }
            _ => Ok(Verdict::Compliant),
        }
    }
}
