//! What decides in the model of reach: which rule of which network ACL a packet meets at the boundary of
//! a subnet, and which rule of a security group lets it through.

use core::net::Ipv4Addr;

use crate::base::id::{GroupId, RuleId, SubnetId};
use crate::network::reach::{Content, Reach, speaks_of};
use crate::plan::{AclRule, DropReason, EniPlan, SubnetPlan};
use crate::record::group::Direction;
use crate::record::network_acl::AclBlock;

/// What a packet met that crosses the boundary of a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// Of which subnet.
    pub subnet: SubnetId,
    /// The rule that decided.
    pub rule: AclRule,
    /// Whether it let the packet through.
    pub allows: bool,
}

impl Reach<'_> {
    /// Whether what is sent back to an ENI's address, by who got a packet of it, arrives: security
    /// groups know the connection, network ACLs do not.
    ///
    /// # Errors
    /// Which rule drops it.
    pub fn judge_reply(
        &self,
        from: Ipv4Addr,
        to: Ipv4Addr,
        content: Content,
    ) -> Result<(), DropReason> {
        self.leaves_subnet(from, to, content)?;
        self.enters_subnet(from, to, content)
    }

    pub(super) fn leaves_subnet(
        &self,
        from: Ipv4Addr,
        to: Ipv4Addr,
        content: Content,
    ) -> Result<(), DropReason> {
        match self.boundary(from, to, Direction::Egress, content) {
            Some(Crossing { rule, allows: false, .. }) => Err(DropReason::AclEgress(rule)),
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn enters_subnet(
        &self,
        from: Ipv4Addr,
        to: Ipv4Addr,
        content: Content,
    ) -> Result<(), DropReason> {
        match self.boundary(to, from, Direction::Ingress, content) {
            Some(Crossing { rule, allows: false, .. }) => Err(DropReason::AclIngress(rule)),
            Some(_) | None => Ok(()),
        }
    }

    /// What a packet from or to an address meets at the boundary of its subnet; nothing where there is
    /// none between that and the other end.
    pub fn boundary(
        &self,
        own: Ipv4Addr,
        peer: Ipv4Addr,
        way: Direction,
        content: Content,
    ) -> Option<Crossing> {
        let has = |subnet: &&SubnetPlan| subnet.cidr.contains(own);
        let subnet = self.vpc.subnets.iter().find(has)?;
        if subnet.cidr.contains(peer) {
            return None;
        }
        let acl = self.vpc.acls.get(&subnet.acl);
        let mut rules = acl.map_or(&[][..], |acl| acl.rules(way)).iter();
        let found = rules.find(|rule| {
            let is_of_block = match rule.block {
                AclBlock::V4(block) => block.contains(peer),
                // Packets are of IPv4, whose addresses are in no such block.
                AclBlock::V6(_) => false,
            };
            is_of_block && speaks_of(rule.protocol, content)
        });
        Some(Crossing {
            subnet: subnet.subnet,
            rule: AclRule { acl: subnet.acl, rule: found.map(|rule| rule.number) },
            allows: found.is_some_and(|rule| rule.allows),
        })
    }

    /// Which rule of which of an ENI's security groups lets a packet from or to a peer through.
    pub fn permitting(
        &self,
        eni: &EniPlan,
        way: Direction,
        peer: Ipv4Addr,
        content: Content,
    ) -> Option<(GroupId, RuleId)> {
        let groups = eni.groups.iter().filter_map(|group| self.groups.get(group));
        groups
            .flat_map(|group| {
                let rules = match way {
                    Direction::Egress => &group.egress,
                    Direction::Ingress => &group.ingress,
                };
                rules.iter().map(|rule| (group.group, rule))
            })
            .find(|(_, rule)| speaks_of(rule.protocol, content) && self.is(rule.peer, peer))
            .map(|(group, rule)| (group, rule.rule))
    }
}
