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
