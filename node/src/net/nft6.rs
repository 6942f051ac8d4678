//! What rules and sets of IPv6 have otherwise than those of IPv4: addresses are of sixteen bytes.

use std::net::Ipv6Addr;

use engine::cidr6::Cidr6;

use super::nft::{Batch, Rule, Side};

/// The data types of addresses and of marks.
const ADDRESS: u32 = 8;
const MARK: u32 = 19;
/// `NFT_SET_MAP`.
const MAP: u32 = 8;
/// How many bytes an address has.
const BYTES: u32 = 16;
/// The register behind the first four bytes of the one that is used for all else.
const BEHIND: u32 = 9;

/// Where an address stands in a packet's header.
pub(super) fn offset(side: Side) -> u32 {
    match side {
        Side::Source => 8,
        Side::Destination => 24,
    }
}

fn mask_of(prefix: u8) -> [u8; 16] {
    u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0).to_be_bytes()
}

/// The key of an address that is seen at a link.
pub(super) fn at_link(link: u32, address: Ipv6Addr) -> [u8; 20] {
    let mut key = [0; 20];
    key[..4].copy_from_slice(&link.to_ne_bytes());
    key[4..].copy_from_slice(&address.octets());
    key
}

impl Batch {
    /// A set of addresses.
    pub(super) fn add_set6(&mut self, name: &str) {
        self.add_any_set(name, ADDRESS, BYTES);
    }

    /// A map of addresses to four bytes.
    pub(super) fn add_map6(&mut self, name: &str) {
        self.add_map_of(name, (MAP, BYTES), (MARK, 4));
    }

    /// A map of addresses to addresses.
    pub(super) fn add_address_map6(&mut self, name: &str) {
        self.add_map_of(name, (MAP, BYTES), (ADDRESS, BYTES));
    }

    /// A map of links with addresses (see [`at_link`]) to four bytes.
    pub(super) fn add_link_map6(&mut self, name: &str) {
        self.add_map_of(name, (MAP, 4 + BYTES), (MARK, 4));
    }
}

impl Rule {
    fn load6(self, side: Side) -> Rule {
        self.expression("payload", |data| {
            data.put_be(1, 1).put_be(2, 1).put_be(3, offset(side)).put_be(4, BYTES);
        })
    }

    fn mask6(self, prefix: u8) -> Rule {
        self.expression("bitwise", |data| {
            data.put_be(1, 1).put_be(2, 1).put_be(3, BYTES);
            Rule::value(data, 4, &mask_of(prefix));
            Rule::value(data, 5, &[0; 16]);
        })
    }

    /// The address lies in this block.
    pub(super) fn in_block6(self, side: Side, block: Cidr6) -> Rule {
        if block.prefix() == 0 {
            return self;
        }
        self.load6(side).mask6(block.prefix()).compare(0, &block.base().octets())
    }

    /// The address that the register holds lies in this block.
    pub(super) fn lies_in_block6(self, block: Cidr6) -> Rule {
        self.mask6(block.prefix()).compare(0, &block.base().octets())
    }

    /// Who began the connection is a key of this map; its value is the packet's mark from here on.
    pub(super) fn mark_by_origin6(self, map: &str) -> Rule {
        let loaded = self.expression("ct", |data| {
            // NFT_CT_SRC_IP6 of IP_CT_DIR_ORIGINAL.
            data.put_be(1, 1).put_be(2, 21).put(3, &[0]);
        });
        loaded.looked_up(map).set_mark_by_register()
    }

    /// The address is in this set.
    pub(super) fn in_set6(self, side: Side, set: &str) -> Rule {
        self.load6(side).expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// The block of this length that the address lies in is in this set of blocks' first addresses.
    pub(super) fn block_in_set6(self, side: Side, prefix: u8, set: &str) -> Rule {
        self.load6(side).mask6(prefix).expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// The address is a key of this map, whose value the register holds then.
    pub(super) fn in_map6(self, side: Side, map: &str) -> Rule {
        self.load6(side).looked_up(map)
    }

    /// The link by which the packet came, with its source, is a key of this map; its value is the packet's
    /// mark from here on.
    pub(super) fn mark_by_link6(self, map: &str) -> Rule {
        let link = self.expression("meta", |data| {
            // NFT_META_IIF.
            data.put_be(1, 8).put_be(2, 4);
        });
        let both = link.expression("payload", |data| {
            data.put_be(1, BEHIND).put_be(2, 1).put_be(3, offset(Side::Source)).put_be(4, BYTES);
        });
        let found = both.expression("lookup", |data| {
            data.put_text(1, map).put_be(2, 8).put_be(3, 8);
        });
        found.expression("meta", |data| {
            // NFT_META_MARK from the register.
            data.put_be(2, 3).put_be(3, 8);
        })
    }

    /// Gives the packet the source address that the register holds.
    pub(super) fn source_nat6(self) -> Rule {
        self.expression("nat", |data| {
            data.put_be(1, 0).put_be(2, libc::NFPROTO_IPV6 as u32).put_be(3, 1);
        })
    }
}
