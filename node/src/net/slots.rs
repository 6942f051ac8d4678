//! Slots' numbers, and the addresses and links that follow from them.

use std::net::Ipv4Addr;

use super::link::Mac;
use crate::sandbox::RUNTIME_API;

/// Slots have numbers from 1 to this; the number is the upper half of a packet's mark.
pub(super) const SLOTS: u16 = 64_000;
/// The index of a slot's link at the router is its number above this.
pub(super) const FIRST_LINK: u32 = 1000;

/// The slot at the other end of a router's link.
pub(super) fn slot_of(link: u32) -> Option<u16> {
    link.checked_sub(FIRST_LINK).and_then(|number| u16::try_from(number).ok())
}

/// The link-local address of a slot.
pub(super) fn link_local(number: u16) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(Ipv4Addr::new(169, 254, 2, 0)) + u32::from(number))
}

/// The slot whose link-local address it is.
pub(super) fn slot_at(address: Ipv4Addr) -> Option<u16> {
    let number = u32::from(address).checked_sub(u32::from(link_local(0)))?;
    u16::try_from(number).ok().filter(|number| (1..=SLOTS).contains(number))
}

pub(super) fn slot_mac(number: u16) -> Mac {
    let [high, low] = number.to_be_bytes();
    [0x02, 0, 0, 0, high, low]
}

/// Whether no slot is there, since somebody else is: the runtime's API in each sandbox, and what AWS has of
/// its own, as the resolver of a VPC.
pub(super) fn is_anothers(address: Ipv4Addr) -> bool {
    let [.., third, _] = address.octets();
    address == RUNTIME_API.0 || (168..172).contains(&third)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::network::name::LINK_LOCAL;

    #[test]
    fn no_slot_is_where_somebody_else_is() {
        for address in [LINK_LOCAL, Ipv4Addr::new(169, 254, 169, 254), RUNTIME_API.0] {
            assert!(is_anothers(address), "{address}");
        }
        for address in [[169, 254, 2, 1], [169, 254, 167, 255], [169, 254, 172, 0]] {
            assert!(!is_anothers(address.into()), "{address:?}");
        }
    }
}
