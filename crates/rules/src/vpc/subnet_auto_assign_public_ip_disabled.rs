use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Subnets do not assign public addresses.
    ///
    /// In a subnet that assigns them, whatever is launched is on the internet unless someone says no each time. Load
    /// balancers and NAT gateways of public subnets get their addresses without this setting.
    pub struct SubnetAutoAssignPublicIpDisabled {
        id: "subnet-auto-assign-public-ip-disabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED"),
        remediation: "Turn the setting off: `aws ec2 modify-subnet-attribute --subnet-id <subnet> --no-map-public-ip-on-launch`. Addresses that are assigned already stay.",
    }
}

impl Rule for SubnetAutoAssignPublicIpDisabled {
    type View = ec2::Subnet;
    type Params = Params;

    fn evaluate(subnet: &Item<'_, ec2::Subnet>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(match subnet.map_public_ip_on_launch()? {
            Some(false) => Verdict::Compliant,
            Some(true) => Verdict::non_compliant("the subnet assigns a public address to what is launched in it"),
            None => Verdict::non_compliant("the item does not say whether the subnet assigns public addresses"),
        })
    }
}
