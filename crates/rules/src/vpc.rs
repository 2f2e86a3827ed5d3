//! Rules about Amazon VPC.

mod cidr;
mod ec2_client_vpn_connection_logging;
mod ec2_transit_gateway_auto_vpc_attach_disabled;
mod eip_attached;
mod inbound;
mod internet_gateway_authorized_vpc_only;
mod nacl_no_unrestricted_ssh_rdp;
mod no_unrestricted_route_to_igw;
mod restricted_common_ports;
mod restricted_ssh;
mod subnet_auto_assign_public_ip_disabled;
mod vpc_default_security_group_closed;
mod vpc_flow_logs_to_central_destination;
mod vpc_network_acl_unused_check;
mod vpc_peering_least_access;
mod vpc_sg_kibana_restricted_to_vpn;
mod vpc_sg_open_only_to_authorized_ports;
mod vpc_virtual_private_gateway_attached;
mod vpc_vpn_2_tunnels_up;

use config_rule::Entry;

pub use ec2_client_vpn_connection_logging::Ec2ClientVpnConnectionLogging;
pub use ec2_transit_gateway_auto_vpc_attach_disabled::Ec2TransitGatewayAutoVpcAttachDisabled;
pub use eip_attached::EipAttached;
pub use internet_gateway_authorized_vpc_only::InternetGatewayAuthorizedVpcOnly;
pub use nacl_no_unrestricted_ssh_rdp::NaclNoUnrestrictedSshRdp;
pub use no_unrestricted_route_to_igw::NoUnrestrictedRouteToIgw;
pub use restricted_common_ports::RestrictedCommonPorts;
pub use restricted_ssh::RestrictedSsh;
pub use subnet_auto_assign_public_ip_disabled::SubnetAutoAssignPublicIpDisabled;
pub use vpc_default_security_group_closed::VpcDefaultSecurityGroupClosed;
pub use vpc_flow_logs_to_central_destination::VpcFlowLogsToCentralDestination;
pub use vpc_network_acl_unused_check::VpcNetworkAclUnusedCheck;
pub use vpc_peering_least_access::VpcPeeringLeastAccess;
pub use vpc_sg_kibana_restricted_to_vpn::VpcSgKibanaRestrictedToVpn;
pub use vpc_sg_open_only_to_authorized_ports::VpcSgOpenOnlyToAuthorizedPorts;
pub use vpc_virtual_private_gateway_attached::VpcVirtualPrivateGatewayAttached;
pub use vpc_vpn_2_tunnels_up::VpcVpn2TunnelsUp;

/// The rules of this service, by id.
pub const RULES: &[Entry] = &[
    Entry::item::<Ec2ClientVpnConnectionLogging>(),
    Entry::item::<Ec2TransitGatewayAutoVpcAttachDisabled>(),
    Entry::item::<EipAttached>(),
    Entry::item::<InternetGatewayAuthorizedVpcOnly>(),
    Entry::item::<NaclNoUnrestrictedSshRdp>(),
    Entry::item::<NoUnrestrictedRouteToIgw>(),
    Entry::item::<RestrictedCommonPorts>(),
    Entry::item::<RestrictedSsh>(),
    Entry::item::<SubnetAutoAssignPublicIpDisabled>(),
    Entry::item::<VpcDefaultSecurityGroupClosed>(),
    Entry::item::<VpcFlowLogsToCentralDestination>(),
    Entry::item::<VpcNetworkAclUnusedCheck>(),
    Entry::item::<VpcPeeringLeastAccess>(),
    Entry::item::<VpcSgKibanaRestrictedToVpn>(),
    Entry::item::<VpcSgOpenOnlyToAuthorizedPorts>(),
    Entry::item::<VpcVirtualPrivateGatewayAttached>(),
    Entry::item::<VpcVpn2TunnelsUp>(),
];
