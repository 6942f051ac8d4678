//! Network ACLs in explanations: which rule of which subnet's ACL decided, and why a reply needs one.

use alloc::format;
use alloc::string::String;
use core::net::IpAddr;

use crate::base::id::{AclId, VpcId};
use crate::node::PacketDrop;
use crate::plan::{AclRule, SubnetPlan};
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
        let of =
            drop.vpc.map_or_else(String::new, |vpc| self.judged_subnet(vpc, address, rule.acl));
        let why = if drop.is_reply { format!("; {STATELESS}") } else { String::new() };
        format!("{rule}, the network ACL{of}, {denies}{why}")
    }

    /// The subnet that has an address and this ACL, or that of a NAT gateway that has it, as what
    /// something is of.
    fn judged_subnet(&self, vpc: VpcId, address: IpAddr, acl: AclId) -> String {
        if !self.network.vpcs.contains_key(&vpc) {
            return String::new();
        }
        let plan = self.network.planned(vpc);
        let has = |subnet: &&SubnetPlan| subnet.acl == acl && subnet.holds(address);
        if let Some(subnet) = plan.subnets.iter().find(has) {
            return format!(" of {}", self.subnet_name(subnet.subnet));
        }
        let found = plan.nats.values().find_map(|nat| {
            let mut subnets = plan.subnets.iter().filter(|subnet| subnet.acl == acl);
            Some((nat, subnets.find(|subnet| subnet.subnet == nat.subnet)?))
        });
        found.map_or_else(String::new, |(nat, subnet)| {
            format!(" of {}, where {} is", self.subnet_name(subnet.subnet), nat.nat)
        })
    }
}
