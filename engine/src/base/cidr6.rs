//! An IPv6 block in canonical form: no bit set beyond the prefix.

use core::fmt;
use core::net::Ipv6Addr;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base::cidr::CidrError;

/// An IPv6 block; ordered by base, then by prefix length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cidr6 {
    base: Ipv6Addr,
    prefix: u8,
}

impl Cidr6 {
    /// Every IPv6 address.
    pub const ANYWHERE: Cidr6 = Cidr6 { base: Ipv6Addr::UNSPECIFIED, prefix: 0 };

    /// The block of `prefix` bits that contains `address`; bits beyond the prefix are cleared, as
    /// EC2 does. `None` if `prefix` is above 128.
    pub fn containing(address: Ipv6Addr, prefix: u8) -> Option<Cidr6> {
        let prefix = (prefix <= 128).then_some(prefix)?;
        Some(Cidr6 { base: Ipv6Addr::from_bits(address.to_bits() & mask(prefix)), prefix })
    }

    /// The first address.
    pub fn base(self) -> Ipv6Addr {
        self.base
    }

    /// The number of leading bits that are fixed, 0 to 128.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// The last address.
    pub fn last(self) -> Ipv6Addr {
        Ipv6Addr::from_bits(self.base.to_bits() | !mask(self.prefix))
    }

    /// Whether `address` lies within.
    pub fn contains(self, address: Ipv6Addr) -> bool {
        address.to_bits() & mask(self.prefix) == self.base.to_bits()
    }

    /// Whether all of `other` lies within.
    pub fn covers(self, other: Cidr6) -> bool {
        self.prefix <= other.prefix && self.contains(other.base)
    }

    /// Whether the two share an address.
    pub fn overlaps(self, other: Cidr6) -> bool {
        self.covers(other) || other.covers(self)
    }

    /// The part of so many bits at this place of the block, if it lies within.
    pub fn part(self, prefix: u8, at: u64) -> Option<Cidr6> {
        let bits = prefix.checked_sub(self.prefix).filter(|_| prefix <= 128)?;
        let is_within = bits >= 64 || at < 1 << bits;
        let offset = u128::from(at).checked_shl(u32::from(128 - prefix)).unwrap_or(0);
        is_within.then(|| Cidr6 { base: Ipv6Addr::from_bits(self.base.to_bits() | offset), prefix })
    }
}

/// The bits that a prefix fixes.
fn mask(prefix: u8) -> u128 {
    u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0)
}

impl fmt::Display for Cidr6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}

impl fmt::Debug for Cidr6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Cidr6 {
    type Err = CidrError;
    fn from_str(text: &str) -> Result<Cidr6, CidrError> {
        let (address, prefix) = text.split_once('/').ok_or(CidrError)?;
        let address: Ipv6Addr = address.parse().map_err(|_| CidrError)?;
        if prefix.is_empty() || prefix.len() > 3 || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CidrError);
        }
        let prefix = prefix.parse().map_err(|_| CidrError)?;
        Cidr6::containing(address, prefix).ok_or(CidrError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn blocks_are_canonical() {
        for (text, canonical) in [
            ("::/0", "::/0"),
            ("0:0::0/0", "::/0"),
            ("2001:DB8:0:0::1/32", "2001:db8::/32"),
            ("2001:db8::1/128", "2001:db8::1/128"),
            ("ffff::/1", "8000::/1"),
        ] {
            assert_eq!(text.parse::<Cidr6>().unwrap().to_string(), canonical);
        }
    }

    #[test]
    fn blocks_know_their_bounds_and_parts() {
        let block: Cidr6 = "2001:2::/48".parse().unwrap();
        let part = block.part(56, 0xff).unwrap();
        assert_eq!(part.to_string(), "2001:2:0:ff00::/56");
        assert_eq!(part.last().to_string(), "2001:2:0:ffff:ffff:ffff:ffff:ffff");
        assert_eq!((block.part(56, 0x100), block.part(47, 0)), (None, None));
        assert_eq!(block.part(48, 0), Some(block));
        assert!(block.covers(part) && !part.covers(block) && block.overlaps(part));
        assert!(part.contains(part.last()) && !part.contains(block.base()));
        assert!(Cidr6::ANYWHERE.covers(block) && Cidr6::ANYWHERE.contains(part.last()));
        let one = Cidr6::containing(part.last(), 128).unwrap();
        assert_eq!((one.base(), one.last(), one.prefix()), (part.last(), part.last(), 128));
    }

    #[test]
    fn text_that_is_no_block_is_refused() {
        for bad in ["", "::", "::/", "::/129", "::/+0", "::/0128", "10.0.0.0/8", "x/8", "::/-1"] {
            assert_eq!(bad.parse::<Cidr6>(), Err(CidrError), "{bad}");
        }
    }
}
