//! Expressions of rules that translate addresses, and ports with them.

use std::net::Ipv4Addr;

use super::nft::Rule;

impl Rule {
    /// Gives the packet the source address that the register holds.
    pub(super) fn source_nat(self) -> Rule {
        self.expression("nat", |data| {
            data.put_be(1, 0).put_be(2, libc::NFPROTO_IPV4 as u32).put_be(3, 1);
        })
    }

    /// The same, with a port of this range: as many connections as that has ports lead from one
    /// address to one port of another.
    pub(super) fn source_nat_within(self, first: u16, last: u16) -> Rule {
        let port = |rule: Rule, register: u32, port: u16| {
            rule.expression("immediate", |data| {
                data.put_be(1, register);
                Rule::value(data, 2, &port.to_be_bytes());
            })
        };
        port(port(self, 2, first), 3, last).expression("nat", |data| {
            data.put_be(1, 0).put_be(2, libc::NFPROTO_IPV4 as u32).put_be(3, 1);
            data.put_be(5, 2).put_be(6, 3);
        })
    }

    /// Gives the packet the destination address that the register holds.
    pub(super) fn destination_nat(self) -> Rule {
        self.expression("nat", |data| {
            data.put_be(1, 1).put_be(2, libc::NFPROTO_IPV4 as u32).put_be(3, 1);
        })
    }

    /// Loads an address into the register.
    pub(super) fn load(self, address: Ipv4Addr) -> Rule {
        self.expression("immediate", |data| {
            data.put_be(1, 1);
            Rule::value(data, 2, &address.octets());
        })
    }

    pub(super) fn masquerade(self) -> Rule {
        self.expression("masq", |_| {})
    }
}
