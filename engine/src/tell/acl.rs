//! Network ACLs in explanations: which rule of which subnet's ACL decided, and why a reply needs one.

use alloc::format;
use alloc::string::String;
use core::net::IpAddr;

use crate::base::id::VpcId;
use crate::node::PacketDrop;
use crate::plan::AclRule;
use crate::record::group::Direction;
use crate::tell::words::Teller;

/// What is told of replies, which pass security groups without being asked.
const STATELESS: &str = "it was a reply, and network ACLs know no connections: replies pass where a \
                         rule is for the ports that connections are made from (of functions \
                         1024-65535)";

impl Teller<'_> {
    /// That a rule of an ACL denied a packet the way out of a subnet, or into one.
    pub(super) fn denied(&self, drop: &PacketDrop, rule: AclRule, way: Direction) -> String {
        let (address, denies) = match way {
            Direction::Egress => (drop.source, "does not let it out"),
            Direction::Ingress => (drop.destination.ip(), "does not let it in"),
        };
        let of = drop.vpc.map_or_else(String::new, |vpc| self.subnet_at(vpc, address));
        let why = if drop.is_reply { format!("; {STATELESS}") } else { String::new() };
        format!("{rule}, the network ACL{of}, {denies}{why}")
    }

    /// The subnet that has an address, as what something is of.
    fn subnet_at(&self, vpc: VpcId, address: IpAddr) -> String {
        let mut of_vpc = self.network.subnets.values().filter(|subnet| subnet.vpc == vpc);
        let found = of_vpc.find(|subnet| subnet.holds(address));
        found.map_or_else(String::new, |subnet| format!(" of {}", self.subnet_name(subnet.id)))
    }
}
