//! Rules about Amazon EC2.

mod ebs_optimized_instance;
mod ec2_imdsv2_check;
mod ec2_instance_detailed_monitoring_enabled;
mod ec2_instance_multiple_eni_check;
mod ec2_instance_no_public_ip;
mod ec2_instance_profile_attached;
mod ec2_instances_in_vpc;
mod ec2_launch_template_public_ip_disabled;
mod ec2_no_amazon_key_pair;
mod ec2_stopped_instance;

use config_item::views::ec2::Instance;
use config_rule::{CannotJudge, Entry, Verdict};

pub use ebs_optimized_instance::EbsOptimizedInstance;
pub use ec2_imdsv2_check::Ec2Imdsv2Check;
pub use ec2_instance_detailed_monitoring_enabled::Ec2InstanceDetailedMonitoringEnabled;
pub use ec2_instance_multiple_eni_check::Ec2InstanceMultipleEniCheck;
pub use ec2_instance_no_public_ip::Ec2InstanceNoPublicIp;
pub use ec2_instance_profile_attached::Ec2InstanceProfileAttached;
pub use ec2_instances_in_vpc::Ec2InstancesInVpc;
pub use ec2_launch_template_public_ip_disabled::Ec2LaunchTemplatePublicIpDisabled;
pub use ec2_no_amazon_key_pair::Ec2NoAmazonKeyPair;
pub use ec2_stopped_instance::Ec2StoppedInstance;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<EbsOptimizedInstance>(),
    Entry::item::<Ec2Imdsv2Check>(),
    Entry::item::<Ec2InstanceDetailedMonitoringEnabled>(),
    Entry::item::<Ec2InstanceMultipleEniCheck>(),
    Entry::item::<Ec2InstanceNoPublicIp>(),
    Entry::item::<Ec2InstanceProfileAttached>(),
    Entry::item::<Ec2InstancesInVpc>(),
    Entry::item::<Ec2LaunchTemplatePublicIpDisabled>(),
    Entry::item::<Ec2NoAmazonKeyPair>(),
    Entry::item::<Ec2StoppedInstance>(),
];

/// The verdict on an instance that is in one of these states, with nothing left to mend.
fn in_state(instance: &Instance, states: &[&str]) -> Result<Option<Verdict>, CannotJudge> {
    let Some(state) = instance.state()? else { return Ok(None) };
    let is_listed = states.iter().any(|listed| state.eq_ignore_ascii_case(listed));
    Ok(is_listed.then(|| Verdict::not_applicable(format!("the instance is {state}"))))
}
