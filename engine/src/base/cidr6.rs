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
        let mask = match prefix {
            0 => 0,
            1..=128 => u128::MAX << (128 - prefix),
            _ => return None,
        };
        Some(Cidr6 { base: Ipv6Addr::from_bits(address.to_bits() & mask), prefix })
    }
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
    fn text_that_is_no_block_is_refused() {
        for bad in ["", "::", "::/", "::/129", "::/+0", "::/0128", "10.0.0.0/8", "x/8", "::/-1"] {
            assert_eq!(bad.parse::<Cidr6>(), Err(CidrError), "{bad}");
        }
    }
}
