use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Elastic IP addresses are in use.
    ///
    /// An address that nothing uses costs money, and an allow list or DNS record that still names it waits for its next
    /// owner. An address is in use where the item names an association, an instance or a network interface.
    pub struct EipAttached {
        id: "eip-attached",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("EIP_ATTACHED"),
        remediation: "Release the address, after removing it from DNS and allow lists: `aws ec2 release-address --allocation-id <allocation>`; or attach it: `aws ec2 associate-address`.",
    }
}

impl Rule for EipAttached {
    type View = ec2::Eip;
    type Params = Params;

    fn evaluate(address: &Item<'_, ec2::Eip>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let uses = [address.association_id()?, address.network_interface_id()?, address.instance_id()?];
        // Items leave out what there is not, or hold an empty string.
        Ok(if uses.into_iter().flatten().any(|id| !id.is_empty()) {
            Verdict::Compliant
        } else {
            Verdict::non_compliant("the address is attached to no instance and no network interface")
        })
    }
}
