//! Slots' own addresses: which of those that are there for them are none's.

use std::net::Ipv4Addr;

use crate::sandbox::RUNTIME_API;

/// Whether no slot is there, since somebody else is: the runtime's API in each sandbox, and what AWS has of
/// its own, as the resolver of a VPC.
pub(super) fn is_anothers(address: Ipv4Addr) -> bool {
    let [.., third, _] = address.octets();
    address == RUNTIME_API.0 || (168..172).contains(&third)
}

#[cfg(test)]
mod tests {
    use super::super::router::{SLOTS, link_local, slot_at};
    use super::*;
    use engine::network::name::LINK_LOCAL;

    #[test]
    fn no_slot_is_where_somebody_else_is() {
        for address in [LINK_LOCAL, Ipv4Addr::new(169, 254, 169, 254), RUNTIME_API.0] {
            let number = slot_at(address).expect("it is where slots are");
            assert!(is_anothers(link_local(number)), "{address}");
        }
        let free = (1..=SLOTS).filter(|number| !is_anothers(link_local(*number))).count();
        assert!(free > usize::from(SLOTS) - 1100, "{free}");
        assert_eq!(slot_at(link_local(SLOTS)), Some(SLOTS));
        for other in [[169, 254, 2, 0], [169, 255, 0, 10], [10, 0, 0, 1]] {
            assert_eq!(slot_at(other.into()), None, "{other:?}");
        }
    }
}
