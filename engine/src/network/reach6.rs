//! Reach by IPv6: whether a packet of a new connection arrives, and if not, why; as `reach.rs` has it of
//! IPv4.

use core::net::Ipv6Addr;

use crate::base::id::{EniId, GroupId, RuleId};
use crate::network::boundary::Crossing;
use crate::network::reach::{Content, Reach, speaks_of};
use crate::plan::{AclRule, DropReason, EniPlan, GroupPlan, Holder, RulePlan, SubnetPlan};
use crate::record::group::{Direction, Peer, Protocol};
use crate::record::network_acl::AclBlock;

/// The number of ICMPv6.
const ICMP6: u8 = 58;

/// A packet of IPv6 that begins a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packet6 {
    /// The ENI that it is sent by, from the first of its addresses.
    pub sender: EniId,
    /// Where to.
    pub destination: Ipv6Addr,
    /// What it is; ICMP is ICMPv6.
    pub content: Content,
}

impl Reach<'_> {
    /// Whether the packet arrives.
    ///
    /// # Errors
    /// Why it is dropped, in the order of [`Reach::judge`].
    ///
    /// # Panics
    /// When the sender is none of the ENIs, or has no IPv6 address.
    pub fn judge6(&self, packet: &Packet6) -> Result<(), DropReason> {
        let Packet6 { sender, destination, content } = *packet;
        let sender = &self.enis[&sender];
        let source = sender.addresses6[0];
        if !self.any6(sender, |group| self.permits6(&group.egress, destination, content)) {
            return Err(DropReason::Egress);
        }
        self.leaves_subnet6(source, destination, content)?;
        let mut holders = self.enis.values();
        let receiver = holders.find(|eni| eni.addresses6.contains(&destination));
        let Some(receiver) = receiver else {
            if self.vpc.cidrs6.iter().any(|block| block.contains(destination)) {
                return Err(DropReason::NoOwner);
            }
            return self.vpc.exit6(sender.subnet, destination);
        };
        if receiver.holder == Holder::Shared {
            return Err(DropReason::OneWay);
        }
        self.enters_subnet6(source, destination, content)?;
        match self.any6(receiver, |group| self.permits6(&group.ingress, source, content)) {
            true => Ok(()),
            false => Err(DropReason::Ingress),
        }
    }

    /// Whether what is sent back to an ENI's address arrives, as [`Reach::judge_reply`] has it.
    ///
    /// # Errors
    /// Which rule drops it.
    pub fn judge_reply6(
        &self,
        from: Ipv6Addr,
        to: Ipv6Addr,
        content: Content,
    ) -> Result<(), DropReason> {
        self.leaves_subnet6(from, to, content)?;
        self.enters_subnet6(from, to, content)
    }

    fn leaves_subnet6(
        &self,
        from: Ipv6Addr,
        to: Ipv6Addr,
        content: Content,
    ) -> Result<(), DropReason> {
        match self.boundary6(from, to, Direction::Egress, content) {
            Some(Crossing { rule, allows: false, .. }) => Err(DropReason::AclEgress(rule)),
            Some(_) | None => Ok(()),
        }
    }

    fn enters_subnet6(
        &self,
        from: Ipv6Addr,
        to: Ipv6Addr,
        content: Content,
    ) -> Result<(), DropReason> {
        match self.boundary6(to, from, Direction::Ingress, content) {
            Some(Crossing { rule, allows: false, .. }) => Err(DropReason::AclIngress(rule)),
            Some(_) | None => Ok(()),
        }
    }

    /// What a packet from or to an address meets at the boundary of its subnet, as [`Reach::boundary`] has it.
    pub fn boundary6(
        &self,
        own: Ipv6Addr,
        peer: Ipv6Addr,
        way: Direction,
        content: Content,
    ) -> Option<Crossing> {
        let has = |subnet: &&SubnetPlan| subnet.cidr6.is_some_and(|block| block.contains(own));
        let subnet = self.vpc.subnets.iter().find(has)?;
        if subnet.cidr6.is_some_and(|block| block.contains(peer)) {
            return None;
        }
        let acl = self.vpc.acls.get(&subnet.acl);
        let mut rules = acl.map_or(&[][..], |acl| acl.rules(way)).iter();
        let found = rules.find(|rule| {
            let is_of_block = match rule.block {
                AclBlock::V4(_) => false,
                AclBlock::V6(block) => block.contains(peer),
            };
            is_of_block && speaks_of6(rule.protocol, content)
        });
        Some(Crossing {
            subnet: subnet.subnet,
            rule: AclRule { acl: subnet.acl, rule: found.map(|rule| rule.number) },
            allows: found.is_some_and(|rule| rule.allows),
        })
    }

    /// Which rule of which of an ENI's security groups lets a packet from or to a peer through.
    pub fn permitting6(
        &self,
        eni: &EniPlan,
        way: Direction,
        peer: Ipv6Addr,
        content: Content,
    ) -> Option<(GroupId, RuleId)> {
        let mut groups = eni.groups.iter().filter_map(|group| self.groups.get(group));
        groups.find_map(|group| {
            let rules = match way {
                Direction::Egress => &group.egress,
                Direction::Ingress => &group.ingress,
            };
            let permits =
                |rule: &&RulePlan| self.permits6(core::slice::from_ref(*rule), peer, content);
            rules.iter().find(permits).map(|rule| (group.group, rule.rule))
        })
    }

    fn any6(&self, eni: &EniPlan, says: impl Fn(&GroupPlan) -> bool) -> bool {
        eni.groups.iter().filter_map(|group| self.groups.get(group)).any(says)
    }

    fn permits6(&self, rules: &[RulePlan], peer: Ipv6Addr, content: Content) -> bool {
        let is = |of: Peer| match of {
            // Of lists plans have the blocks, which are of IPv4.
            Peer::Cidr(_) | Peer::List(_) => false,
            Peer::Cidr6(block) => block.contains(peer),
            Peer::Group(group) => {
                let mut members = self.enis.values().filter(|eni| eni.groups.contains(&group));
                members.any(|eni| eni.addresses6.contains(&peer))
            }
        };
        rules.iter().any(|rule| speaks_of6(rule.protocol, content) && is(rule.peer))
    }
}

/// Whether a rule's protocol is that of a packet of IPv6.
fn speaks_of6(protocol: Protocol, content: Content) -> bool {
    match (protocol, content) {
        (Protocol::Icmp6 { kind, code }, Content::Icmp(is_kind, is_code)) => {
            kind.is_none_or(|kind| kind == is_kind) && code.is_none_or(|code| code == is_code)
        }
        (Protocol::Icmp6 { .. }, Content::Other(number)) => number == ICMP6,
        // Of IPv4 alone.
        (Protocol::Icmp { .. }, _) => false,
        (Protocol::Number(number), Content::Icmp(..)) => number == ICMP6,
        (protocol, content) => speaks_of(protocol, content),
    }
}
