use config_item::{Item, views::ec2};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// Network ACLs are attached to subnets.
    ///
    /// An ACL that guards no subnet protects nothing, and may be taken for one that does. As with AWS's rule, the
    /// default ACL of a VPC is judged like any other: it is unused where every subnet has an ACL of its own.
    pub struct VpcNetworkAclUnusedCheck {
        id: "vpc-network-acl-unused-check",
        since: "0.1.0",
        severity: Severity::Low,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("VPC_NETWORK_ACL_UNUSED_CHECK"),
        remediation: "Delete the ACL: `aws ec2 delete-network-acl --network-acl-id <acl>`; or attach it to a subnet: `aws ec2 replace-network-acl-association`. A default ACL can't be deleted: attach it, or delete its VPC.",
    }
}

impl Rule for VpcNetworkAclUnusedCheck {
    type View = ec2::NetworkAcl;
    type Params = Params;

    fn evaluate(acl: &Item<'_, ec2::NetworkAcl>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        Ok(match acl.associations()? {
            Some([]) => Verdict::non_compliant("the ACL is attached to no subnet"),
            Some(_) => Verdict::Compliant,
            None => Verdict::non_compliant("the item does not list the subnets that the ACL is attached to"),
        })
    }
}
