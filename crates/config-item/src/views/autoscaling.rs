//! Amazon EC2 Auto Scaling.

use super::ec2::MetadataOptions;
use super::macros::view;
use crate::Valued;

view! {
    /// An Auto Scaling group.
    pub struct AutoScalingGroup("AWS::AutoScaling::AutoScalingGroup") {
        configuration {
            /// The zones that instances are launched in.
            availability_zones: Vec<Valued> = "availabilityZones",
            /// `EC2`, `ELB` or several with commas between them.
            health_check_type: String = "healthCheckType",
            /// Classic load balancers.
            load_balancer_names: Vec<String> = "loadBalancerNames",
            /// Target groups of the other load balancers.
            target_group_arns: Vec<String> = "targetGroupARNs",
        }
    }
}

view! {
    /// A launch configuration.
    pub struct LaunchConfiguration("AWS::AutoScaling::LaunchConfiguration") {
        configuration {
            /// Whether instances get a public address; where it is absent, the subnet decides.
            associate_public_ip_address: bool = "associatePublicIpAddress",
            /// How the metadata service answers; absent where nothing was chosen.
            metadata_options: MetadataOptions = "metadataOptions",
        }
    }
}
