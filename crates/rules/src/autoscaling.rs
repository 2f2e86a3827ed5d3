//! Rules about Amazon EC2 Auto Scaling.

mod autoscaling_group_elb_healthcheck_required;
mod autoscaling_launch_config_public_ip_disabled;
mod autoscaling_launchconfig_requires_imdsv2;
mod autoscaling_multiple_az;

use config_rule::Entry;

pub use autoscaling_group_elb_healthcheck_required::AutoscalingGroupElbHealthcheckRequired;
pub use autoscaling_launch_config_public_ip_disabled::AutoscalingLaunchConfigPublicIpDisabled;
pub use autoscaling_launchconfig_requires_imdsv2::AutoscalingLaunchconfigRequiresImdsv2;
pub use autoscaling_multiple_az::AutoscalingMultipleAz;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<AutoscalingGroupElbHealthcheckRequired>(),
    Entry::item::<AutoscalingLaunchConfigPublicIpDisabled>(),
    Entry::item::<AutoscalingLaunchconfigRequiresImdsv2>(),
    Entry::item::<AutoscalingMultipleAz>(),
];
