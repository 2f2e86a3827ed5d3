//! Amazon EC2 and VPC.

use serde::de::MapAccess;

use super::macros::{object, view};
use crate::json::Text;
use crate::{Field, Reading, Valued, Wire};

view! {
    /// An EBS volume.
    pub struct Volume("AWS::EC2::Volume") {
        configuration {
            /// Whether the volume is encrypted.
            encrypted: bool = "encrypted",
            /// The ARN of the KMS key that it is encrypted with.
            kms_key_id: String = "kmsKeyId",
            /// `available` while unattached, `in-use` while attached.
            state: Valued = "state",
            /// The instances that it is attached to.
            attachments: Vec<VolumeAttachment> = "attachments",
        }
    }
}

object! {
    /// One attachment of a volume.
    pub struct VolumeAttachment at "configuration.attachments" {
        /// The instance.
        instance_id: String = "instanceId",
        /// Whether the volume is deleted together with the instance.
        delete_on_termination: bool = "deleteOnTermination",
    }
}

view! {
    /// An instance.
    pub struct Instance("AWS::EC2::Instance") {
        configuration {
            /// `running`, `stopped`, `terminated` and the states between them.
            state: InstanceState = "state",
            /// Why and when the state changed last: `User initiated (2026-01-05 12:34:56 GMT)`.
            state_transition_reason: String = "stateTransitionReason",
            /// The type: `m6i.large`.
            instance_type: String = "instanceType",
            /// Whether EBS optimization was turned on. Types that are always optimized may say `false`.
            ebs_optimized: bool = "ebsOptimized",
            /// How the metadata service answers.
            metadata_options: MetadataOptions = "metadataOptions",
            /// The profile that gives the instance its role.
            iam_instance_profile: InstanceProfile = "iamInstanceProfile",
            /// The monitoring of the instance.
            monitoring: Monitoring = "monitoring",
            /// The key pair that the instance was launched with.
            key_name: String = "keyName",
            /// The VPC.
            vpc_id: String = "vpcId",
            /// The public IPv4 address of the primary network interface.
            public_ip_address: String = "publicIpAddress",
            /// The network interfaces.
            network_interfaces: Vec<NetworkInterface> = "networkInterfaces",
        }
    }
}

object! {
    /// How the metadata service of an instance answers.
    pub struct MetadataOptions at "configuration.metadataOptions" {
        /// `required` where only requests with a session token are answered (IMDSv2), else `optional`.
        http_tokens: String = "httpTokens",
    }
}

object! {
    /// The instance profile of an instance.
    pub struct InstanceProfile at "configuration.iamInstanceProfile" {
        /// Its ARN.
        arn: String = "arn",
    }
}

object! {
    /// The monitoring of an instance.
    pub struct Monitoring at "configuration.monitoring" {
        /// `enabled` where it is detailed.
        state: String = "state",
    }
}

object! {
    /// A network interface of an instance.
    pub struct NetworkInterface at "configuration.networkInterfaces" {
        /// Its id.
        network_interface_id: String = "networkInterfaceId",
        /// The public address of the primary private address.
        association: Association = "association",
        /// All private addresses, the primary one included.
        private_ip_addresses: Vec<PrivateIpAddress> = "privateIpAddresses",
    }
}

object! {
    /// A private address of a network interface.
    pub struct PrivateIpAddress at "configuration.networkInterfaces.privateIpAddresses" {
        /// The public address that belongs to it.
        association: Association = "association",
    }
}

object! {
    /// A public address that belongs to a private one.
    pub struct Association at "configuration.networkInterfaces.*association" {
        /// The public IPv4 address.
        public_ip: String = "publicIp",
    }
}

/// The state of an instance: an object with a code and a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceState(String);

impl Wire for InstanceState {
    type Ref<'a> = &'a str;
    const EXPECTED: &'static str = "an object with `name`";

    fn as_seen(&self) -> &str {
        &self.0
    }

    fn from_text(text: &str) -> Reading<Self> {
        Ok(Self(text.to_owned()))
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut reading = Err("an object without `name`");
        while let Some((Text(key), value)) = object.next_entry::<Text<'de>, Field<String>>()? {
            // The resource schema knows the name under `value` as well.
            if let ("name" | "value", Field::Value(name)) = (key.as_ref(), value) {
                reading = Ok(Self(name));
            }
        }
        Ok(reading)
    }
}

view! {
    /// A launch template.
    pub struct LaunchTemplate("AWS::EC2::LaunchTemplate") {
        configuration {
            /// The template's id.
            id: String = "Id",
            /// The template's name.
            name: String = "LaunchTemplateName",
            /// What instances are launched with.
            data: LaunchTemplateData = "LaunchTemplateData",
        }
    }
}

object! {
    /// What instances of a launch template are launched with.
    pub struct LaunchTemplateData at "configuration.LaunchTemplateData" {
        /// The network interfaces; none where the subnet decides.
        network_interfaces: Vec<LaunchTemplateInterface> = "NetworkInterfaces",
    }
}

object! {
    /// A network interface of a launch template.
    pub struct LaunchTemplateInterface at "configuration.LaunchTemplateData.NetworkInterfaces" {
        /// Whether the interface gets a public address; where it is absent, the subnet decides.
        associate_public_ip_address: bool = "AssociatePublicIpAddress",
    }
}

view! {
    /// A security group.
    pub struct SecurityGroup("AWS::EC2::SecurityGroup") {
        configuration {
            /// The group's name: `default` is reserved for the group that comes with the VPC.
            group_name: String = "groupName",
            /// The inbound rules.
            ip_permissions: Vec<IpPermission> = "ipPermissions",
            /// The outbound rules.
            ip_permissions_egress: Vec<IpPermission> = "ipPermissionsEgress",
        }
    }
}

object! {
    /// One rule of a security group: a protocol, a range of ports, and who may use them.
    pub struct IpPermission at "configuration.ipPermissions" {
        /// `tcp`, `udp`, `icmp`, a protocol number, or `-1` for all.
        ip_protocol: String = "ipProtocol",
        /// The first port; absent with protocol `-1`.
        from_port: i64 = "fromPort",
        /// The last port; absent with protocol `-1`.
        to_port: i64 = "toPort",
        /// IPv4 ranges: the only place of them in older items, a copy of `ipv4Ranges` in newer ones.
        ip_ranges: Vec<Cidr> = "ipRanges",
        /// IPv4 ranges with their descriptions.
        ipv4_ranges: Vec<Cidr> = "ipv4Ranges",
        /// IPv6 ranges with their descriptions.
        ipv6_ranges: Vec<Cidr> = "ipv6Ranges",
        /// Managed prefix lists; what they hold is not in the item.
        prefix_list_ids: Vec<PrefixListId> = "prefixListIds",
    }
}

object! {
    /// A managed prefix list that a security group's rule names.
    pub struct PrefixListId at "configuration.ipPermissions.prefixListIds" {
        /// Its id.
        prefix_list_id: String = "prefixListId",
    }
}

/// A range of addresses in a security group's rule: a bare string, or an object with `cidrIp` or `cidrIpv6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cidr(String);

impl Wire for Cidr {
    type Ref<'a> = &'a str;
    const EXPECTED: &'static str = "a range of addresses";

    fn as_seen(&self) -> &str {
        &self.0
    }

    fn from_text(text: &str) -> Reading<Self> {
        Ok(Self(text.to_owned()))
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Reading<Self>, A::Error> {
        let mut reading = Err("an object without `cidrIp` and `cidrIpv6`");
        while let Some((Text(key), value)) = object.next_entry::<Text<'de>, Field<String>>()? {
            if let ("cidrIp" | "cidrIpv6", Field::Value(range)) = (key.as_ref(), value) {
                reading = Ok(Self(range));
            }
        }
        Ok(reading)
    }
}

view! {
    /// A network ACL.
    pub struct NetworkAcl("AWS::EC2::NetworkAcl") {
        configuration {
            /// The entries, inbound and outbound.
            entries: Vec<NetworkAclEntry> = "entries",
            /// The subnets that the ACL guards.
            associations: Vec<NetworkAclAssociation> = "associations",
        }
    }
}

object! {
    /// One entry of a network ACL.
    pub struct NetworkAclEntry at "configuration.entries" {
        /// The entry's place: the lowest number that matches decides.
        rule_number: i64 = "ruleNumber",
        /// Whether the entry is for outbound traffic.
        egress: bool = "egress",
        /// `allow` or `deny`.
        rule_action: String = "ruleAction",
        /// The number of the protocol: 6 is TCP, 17 UDP, -1 all.
        protocol: String = "protocol",
        /// The ports; absent with protocol -1.
        port_range: PortRange = "portRange",
        /// The IPv4 range.
        cidr_block: String = "cidrBlock",
        /// The IPv6 range.
        ipv6_cidr_block: String = "ipv6CidrBlock",
    }
}

object! {
    /// The ports of a network ACL's entry.
    pub struct PortRange at "configuration.entries.portRange" {
        /// The first port.
        from: i64 = "from",
        /// The last port.
        to: i64 = "to",
    }
}

object! {
    /// A subnet that a network ACL guards.
    pub struct NetworkAclAssociation at "configuration.associations" {
        /// The subnet.
        subnet_id: String = "subnetId",
    }
}

view! {
    /// A subnet.
    pub struct Subnet("AWS::EC2::Subnet") {
        configuration {
            /// Whether what is launched here gets a public IPv4 address.
            map_public_ip_on_launch: bool = "mapPublicIpOnLaunch",
        }
    }
}

view! {
    /// A route table.
    pub struct RouteTable("AWS::EC2::RouteTable") {
        configuration {
            /// The table's id.
            route_table_id: String = "routeTableId",
            /// The routes.
            routes: Vec<Route> = "routes",
        }
    }
}

object! {
    /// One route: a destination and a target.
    pub struct Route at "configuration.routes" {
        /// The destination, of IPv4.
        destination_cidr_block: String = "destinationCidrBlock",
        /// The destination, of IPv6.
        destination_ipv6_cidr_block: String = "destinationIpv6CidrBlock",
        /// The destination, by managed prefix list.
        destination_prefix_list_id: String = "destinationPrefixListId",
        /// The target, where it is an internet gateway (`igw-`), a virtual private gateway, an endpoint or `local`.
        gateway_id: String = "gatewayId",
        /// The target, where it is a peering connection.
        vpc_peering_connection_id: String = "vpcPeeringConnectionId",
    }
}

view! {
    /// An internet gateway.
    pub struct InternetGateway("AWS::EC2::InternetGateway") {
        configuration {
            /// The VPC that the gateway is attached to.
            attachments: Vec<InternetGatewayAttachment> = "attachments",
        }
    }
}

object! {
    /// The attachment of an internet gateway.
    pub struct InternetGatewayAttachment at "configuration.attachments" {
        /// The VPC.
        vpc_id: String = "vpcId",
        /// `available` while attached.
        state: String = "state",
    }
}

view! {
    /// A flow log.
    pub struct FlowLog("AWS::EC2::FlowLog") {
        configuration {
            /// The VPC, subnet or network interface whose traffic is logged.
            resource_id: String = "resourceId",
            /// `ACTIVE` where the flow log works.
            flow_log_status: String = "flowLogStatus",
            /// `SUCCESS` or `FAILED`.
            deliver_logs_status: String = "deliverLogsStatus",
            /// `ALL`, `ACCEPT` or `REJECT`.
            traffic_type: String = "trafficType",
            /// The ARN of the bucket, stream or log group; mostly absent with a log group.
            log_destination: String = "logDestination",
            /// The name of the log group.
            log_group_name: String = "logGroupName",
        }
    }
}

view! {
    /// An Elastic IP address.
    pub struct Eip("AWS::EC2::EIP") {
        configuration {
            /// The association with an instance or network interface.
            association_id: String = "associationId",
            /// The network interface.
            network_interface_id: String = "networkInterfaceId",
            /// The instance.
            instance_id: String = "instanceId",
        }
    }
}

view! {
    /// A transit gateway.
    pub struct TransitGateway("AWS::EC2::TransitGateway") {
        configuration {
            /// `enable` where attachments of other accounts are accepted without asking.
            auto_accept_shared_attachments: String = "AutoAcceptSharedAttachments",
        }
    }
}

view! {
    /// An endpoint of AWS Client VPN.
    pub struct ClientVpnEndpoint("AWS::EC2::ClientVpnEndpoint") {
        configuration {
            /// The logging of connections.
            connection_log_options: ConnectionLogOptions = "ConnectionLogOptions",
            /// How clients prove who they are.
            authentication_options: Vec<AuthenticationOption> = "AuthenticationOptions",
        }
    }
}

object! {
    /// The logging of a Client VPN endpoint's connections.
    pub struct ConnectionLogOptions at "configuration.ConnectionLogOptions" {
        /// Whether connections are logged.
        enabled: bool = "Enabled",
    }
}

object! {
    /// One way in which clients of a Client VPN endpoint prove who they are.
    pub struct AuthenticationOption at "configuration.AuthenticationOptions" {
        /// `certificate-authentication`, `directory-service-authentication` or `federated-authentication`.
        kind: String = "Type",
    }
}

view! {
    /// A Site-to-Site VPN connection.
    pub struct VpnConnection("AWS::EC2::VPNConnection") {
        configuration {
            /// `available` while in use, `deleted` for a while after it is gone.
            state: Valued = "state",
            /// The tunnels as AWS's end sees them.
            vgw_telemetry: Vec<VgwTelemetry> = "vgwTelemetry",
        }
    }
}

object! {
    /// One tunnel of a VPN connection.
    pub struct VgwTelemetry at "configuration.vgwTelemetry" {
        /// `UP` or `DOWN`.
        status: String = "status",
    }
}

view! {
    /// A virtual private gateway.
    pub struct VpnGateway("AWS::EC2::VPNGateway") {
        configuration {
            /// `available` while in use.
            state: Valued = "state",
            /// The VPCs that the gateway is or was attached to.
            vpc_attachments: Vec<VpcAttachment> = "vpcAttachments",
        }
    }
}

object! {
    /// The attachment of a virtual private gateway.
    pub struct VpcAttachment at "configuration.vpcAttachments" {
        /// The VPC.
        vpc_id: String = "vpcId",
        /// `attached`, `detached` and the states between them.
        state: String = "state",
    }
}
