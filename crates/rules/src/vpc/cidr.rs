//! Ranges of addresses.

use std::net::IpAddr;

use config_rule::Parameter;

/// A range of addresses: `10.20.0.0/16`, `2001:db8::/56`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cidr {
    address: IpAddr,
    prefix: u32,
}

impl Cidr {
    /// Reads a range; `None` where the text is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.trim().split_once('/')?;
        let cidr = Self { address: address.parse().ok()?, prefix: prefix.parse().ok()? };
        (cidr.prefix <= cidr.width()).then_some(cidr)
    }

    /// How many bits of the address are fixed.
    pub(super) fn prefix(self) -> u32 {
        self.prefix
    }

    /// Whether all addresses of the other range are in this one.
    pub(super) fn contains(self, other: Self) -> bool {
        let free = self.width() - self.prefix;
        // A shift by all 128 bits has no value in Rust: nothing is left to compare.
        let fixed = |address| bits(address).checked_shr(free).unwrap_or(0);
        self.width() == other.width() && self.prefix <= other.prefix && fixed(self.address) == fixed(other.address)
    }

    fn width(self) -> u32 {
        if self.address.is_ipv4() { 32 } else { 128 }
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// A parameter that lists ranges of addresses.
#[derive(Clone, Debug)]
pub struct Cidrs(pub(super) Vec<Cidr>);

impl Parameter for Cidrs {
    const ACCEPTS: &'static str = "a comma-separated list of CIDR blocks";

    fn parse(text: &str) -> Option<Self> {
        text.split(',').map(Cidr::parse).collect::<Option<_>>().map(Self)
    }

    fn show(&self) -> String {
        self.0.iter().map(|cidr| format!("{}/{}", cidr.address, cidr.prefix)).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_contains_what_shares_its_fixed_bits() {
        for (outer, inner, expected) in [
            ("10.8.0.0/16", "10.8.0.0/16", true),
            ("10.8.0.0/16", "10.8.255.7/32", true),
            ("10.8.0.0/16", "10.9.0.0/32", false),
            ("10.8.0.0/16", "10.0.0.0/8", false),
            ("0.0.0.0/0", "203.0.113.9/32", true),
            ("0.0.0.0/0", "::/0", false),
            ("::/0", "2001:db8::/56", true),
            ("2001:db8::/56", "2001:db8:0:ff::/64", true),
            ("2001:db8::/56", "2001:db8:0:100::/64", false),
        ] {
            let (outer, inner) = (Cidr::parse(outer).expect(outer), Cidr::parse(inner).expect(inner));
            assert_eq!(outer.contains(inner), expected, "{outer:?} {inner:?}");
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "10.8.0.0", "10.8.0.0/33", "10.8.0/16", "::/129", "vpn/16", "10.8.0.0/-1"] {
            assert!(Cidr::parse(text).is_none(), "{text}");
        }
    }
}
