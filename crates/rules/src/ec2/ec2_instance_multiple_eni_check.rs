use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Instances use one network interface.
    ///
    /// An instance with interfaces in two networks is a bridge between them that no route table shows.
    ///
    /// Interfaces in `NetworkInterfaceIds` are allowed besides. AWS's page for the rule only calls them a list; that they
    /// are the allowed ones is said on Security Hub's page.
    ///
    /// Not applicable to instances that have several interfaces, of which at most one is not allowed by that parameter.
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
        /// Network interfaces that are allowed besides an instance's one.
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
        // A terminated instance has none.
        if interfaces.len() <= 1 {
            return Ok(Verdict::Compliant);
        }
        let Some(allowed) = &params.interfaces else {
            return Ok(Verdict::non_compliant(format!(
                "the instance has {} network interfaces, not one",
                interfaces.len()
            )));
        };
        let mut others = 0;
        for interface in interfaces {
            let id = interface.network_interface_id()?;
            if !allowed.iter().any(|allowed| Some(allowed.as_str()) == id) {
                others += 1;
            }
        }
        Ok(match others {
            0 | 1 => Verdict::not_applicable("the instance's further network interfaces are in NetworkInterfaceIds"),
            _ => Verdict::non_compliant(format!(
                "the instance has {others} network interfaces that are not allowed, not one"
            )),
        })
    }
}
