use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Instances use one network interface.
    ///
    /// An instance with interfaces in two networks is a bridge between them that no route table shows.
    ///
    /// Not applicable to instances without one of the interfaces in `NetworkInterfaceIds`, where that is given.
    pub struct Ec2InstanceMultipleEniCheck {
        id: "ec2-instance-multiple-eni-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_INSTANCE_MULTIPLE_ENI_CHECK"),
        remediation: "Detach what is not needed: `aws ec2 detach-network-interface --attachment-id <attachment>`, then `aws ec2 delete-network-interface`.",
    }
    params {
        /// Network interfaces whose instances are judged; without it, all instances are.
        interfaces: Vec<String>, "NetworkInterfaceIds";
    }
}

impl Rule for Ec2InstanceMultipleEniCheck {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, params: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let Some(interfaces) = instance.network_interfaces()? else {
            return Ok(Verdict::non_compliant("the item does not list the instance's network interfaces"));
        };
        if let Some(judged) = &params.interfaces {
            let mut is_judged = false;
            for interface in interfaces {
                let id = interface.network_interface_id()?;
                is_judged |= judged.iter().any(|judged| Some(judged.as_str()) == id);
            }
            if !is_judged {
                return Ok(Verdict::not_applicable(
                    "none of the instance's network interfaces is in NetworkInterfaceIds",
                ));
            }
        }
        // A terminated instance has none.
        if interfaces.len() <= 1 {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::non_compliant(format!("the instance has {} network interfaces, not one", interfaces.len())))
    }
}
