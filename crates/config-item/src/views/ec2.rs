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
    }
}

view! {
    /// A security group.
    pub struct SecurityGroup("AWS::EC2::SecurityGroup") {
        configuration {
            /// The inbound rules.
            ip_permissions: Vec<IpPermission> = "ipPermissions",
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
