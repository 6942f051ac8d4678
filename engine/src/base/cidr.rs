//! An IPv4 block in canonical form: no bit set beyond the prefix.

use core::fmt;
use core::net::Ipv4Addr;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// An IPv4 block; ordered by base, then by prefix length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cidr {
    base: u32,
    prefix: u8,
}

/// The text is no block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CidrError;

impl Cidr {
    /// Every IPv4 address.
    pub const ANYWHERE: Cidr = Cidr { base: 0, prefix: 0 };

    /// The block of `prefix` bits that contains `address`; bits beyond the prefix are cleared, as
    /// EC2 does. `None` if `prefix` is above 32.
    pub fn containing(address: Ipv4Addr, prefix: u8) -> Option<Cidr> {
        let prefix = (prefix <= 32).then_some(prefix)?;
        Some(Cidr { base: u32::from(address) & mask(prefix), prefix })
    }

    /// The first address.
    pub fn base(self) -> Ipv4Addr {
        Ipv4Addr::from(self.base)
    }

    /// The number of leading bits that are fixed, 0 to 32.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// How many addresses the block has.
    pub fn size(self) -> u64 {
        1u64 << (32 - self.prefix)
    }

    /// The address at `offset` from the base, if it lies within.
    pub fn nth(self, offset: u64) -> Option<Ipv4Addr> {
        (offset < self.size()).then(|| Ipv4Addr::from((u64::from(self.base) + offset) as u32))
    }

    /// The last address.
    pub fn last(self) -> Ipv4Addr {
        Ipv4Addr::from(self.base | !mask(self.prefix))
    }

    /// Whether `address` lies within.
    pub fn contains(self, address: Ipv4Addr) -> bool {
        u32::from(address) & mask(self.prefix) == self.base
    }

    /// Whether all of `other` lies within.
    pub fn covers(self, other: Cidr) -> bool {
        self.prefix <= other.prefix && self.contains(other.base())
    }

    /// Whether its addresses can be those of interfaces: none is of "this network", loopback,
    /// link-local or multicast, nor the limited broadcast.
    pub fn is_usable(self) -> bool {
        let never =
            [([0, 0, 0, 0], 8), ([127, 0, 0, 0], 8), ([169, 254, 0, 0], 16), ([224, 0, 0, 0], 4)];
        let never = never.map(|(base, prefix)| Cidr { base: u32::from_be_bytes(base), prefix });
        !never.iter().any(|block| block.overlaps(self)) && !self.contains(Ipv4Addr::BROADCAST)
    }

    /// Whether the two share an address.
    pub fn overlaps(self, other: Cidr) -> bool {
        self.covers(other) || other.covers(self)
    }
}

fn mask(prefix: u8) -> u32 {
    (u64::MAX << (32 - prefix)) as u32
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base(), self.prefix)
    }
}

impl fmt::Debug for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Cidr {
    type Err = CidrError;
    fn from_str(text: &str) -> Result<Cidr, CidrError> {
        let (address, prefix) = text.split_once('/').ok_or(CidrError)?;
        let address: Ipv4Addr = address.parse().map_err(|_| CidrError)?;
        if prefix.is_empty() || prefix.len() > 2 || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CidrError);
        }
        let prefix = prefix.parse().map_err(|_| CidrError)?;
        Cidr::containing(address, prefix).ok_or(CidrError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn blocks_are_canonical_and_know_their_bounds() {
        let block: Cidr = "100.68.0.18/18".parse().unwrap();
        assert_eq!(block.to_string(), "100.68.0.0/18");
        assert_eq!(block.size(), 16384);
        assert_eq!(block.last(), Ipv4Addr::new(100, 68, 63, 255));
        assert!(Cidr::ANYWHERE.covers(block) && !block.covers(Cidr::ANYWHERE));
        assert_eq!(block.nth(16384), None);
        let one: Cidr = "10.0.0.1/32".parse().unwrap();
        assert_eq!(one.nth(0), Some(one.last()));
    }

    #[test]
    fn some_addresses_are_no_interface_s() {
        for (text, is_usable) in [
            ("10.0.0.0/16", true),
            ("100.64.0.0/16", true),
            ("8.8.0.0/16", true),
            ("240.0.0.0/16", true),
            ("169.253.0.0/16", true),
            ("0.0.0.0/16", false),
            ("0.255.255.0/28", false),
            ("127.3.0.0/16", false),
            ("169.254.0.0/16", false),
            ("169.254.7.0/28", false),
            ("224.0.0.0/16", false),
            ("239.255.0.0/16", false),
            ("255.255.0.0/16", false),
        ] {
            assert_eq!(text.parse::<Cidr>().unwrap().is_usable(), is_usable, "{text}");
        }
    }

    #[test]
    fn text_that_is_no_block_is_refused() {
        for bad in ["", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/+8", "x/8"] {
            assert_eq!(bad.parse::<Cidr>(), Err(CidrError), "{bad}");
        }
    }
}
