use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

use super::in_state;

rule! {
    /// Instances have no public IPv4 address.
    ///
    /// An instance with a public address is one mistake in a security group away from the internet. Load balancers and
    /// NAT gateways connect what has none. The primary address counts, and every address of every network interface.
    ///
    /// Not applicable to terminated instances.
    pub struct Ec2InstanceNoPublicIp {
        id: "ec2-instance-no-public-ip",
        since: "0.1.0",
        severity: Severity::High,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EC2_INSTANCE_NO_PUBLIC_IP"),
        remediation: "Take an Elastic IP away with `aws ec2 disassociate-address --association-id <association>`, an assigned address with `aws ec2 modify-network-interface-attribute --network-interface-id <interface> --no-associate-public-ip-address`. Put the instance behind a load balancer or a NAT gateway.",
    }
}

impl Rule for Ec2InstanceNoPublicIp {
    type View = ec2::Instance;
    type Params = Params;

    fn evaluate(instance: &Item<'_, ec2::Instance>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        if let Some(verdict) = in_state(instance, &["terminated"])? {
            return Ok(verdict);
        }
        if let Some(address) = instance.public_ip_address()?.filter(|address| !address.is_empty()) {
            return Ok(Verdict::non_compliant(format!("the instance has the public address {address}")));
        }
        let Some(interfaces) = instance.network_interfaces()? else {
            return Ok(Verdict::non_compliant("the item does not list the instance's network interfaces"));
        };
        for interface in interfaces {
            if let Some(address) = public_address(interface)? {
                let id = interface.network_interface_id()?.unwrap_or("unnamed");
                return Ok(Verdict::non_compliant(format!("network interface {id} has the public address {address}")));
            }
        }
        Ok(Verdict::Compliant)
    }
}

fn public_address(interface: &ec2::NetworkInterface) -> Result<Option<&str>, CannotJudge> {
    let mut associations: Vec<_> = interface.association()?.into_iter().collect();
    for address in interface.private_ip_addresses()?.unwrap_or_default() {
        associations.extend(address.association()?);
    }
    for association in associations {
        if let Some(address) = association.public_ip()?.filter(|address| !address.is_empty()) {
            return Ok(Some(address));
        }
    }
    Ok(None)
}
