//! Reach: whether a packet of a new connection arrives, and if not, why. The model that the
//! kernel's verdicts are held against, by the plainest reading of the rules.

use alloc::collections::BTreeMap;
use core::net::Ipv4Addr;

use crate::base::id::{EniId, GroupId};
use crate::network::boundary::pass;
use crate::network::exit::Exit;
use crate::network::hop::Step;
use crate::network::name;
use crate::plan::{DropReason, EniPlan, GroupPlan, RulePlan, VpcPlan};
use crate::record::group::{Peer, Protocol};

/// A packet that begins a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Packet {
    /// The ENI that it is sent by.
    pub sender: EniId,
    /// Where to.
    pub destination: Ipv4Addr,
    /// What it is.
    pub content: Content,
}

/// What of a packet rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// TCP to this port.
    Tcp(u16),
    /// UDP to this port.
    Udp(u16),
    /// ICMP of this type and code.
    Icmp(u8, u8),
    /// Another protocol by its number.
    Other(u8),
}

/// A VPC as far as packets are concerned.
#[derive(Debug, Clone)]
pub struct Reach<'a> {
    /// Its blocks.
    pub vpc: &'a VpcPlan,
    /// Its security groups; one that is missing has no rules.
    pub groups: &'a BTreeMap<GroupId, GroupPlan>,
    /// Its ENIs.
    pub enis: &'a BTreeMap<EniId, EniPlan>,
}

impl Reach<'_> {
    /// Whether the packet arrives, is let out, or is let into a peering connection; a middlebox passes on
    /// what it gets. The VPC's resolver is kept from nobody.
    ///
    /// # Errors
    /// Why it is dropped: the sender's security groups are asked first, then the network ACL of its
    /// subnet, the routes, the network ACL of the receiver's subnet, and the receiver's security
    /// groups.
    ///
    /// # Panics
    /// When the sender is none of the ENIs.
    pub fn judge(&self, packet: &Packet) -> Result<(), DropReason> {
        if self.vpc.asks_resolver(packet.destination, packet.content) {
            return Ok(());
        }
        let source = self.enis[&packet.sender].address;
        match self.step(source, packet)? {
            Step::Middlebox(sender) => self.step(source, &Packet { sender, ..*packet }).map(drop),
            Step::Arrives(_) | Step::Peer(_) | Step::Leaves(_) => Ok(()),
        }
    }

    /// How a packet from an address to one that no ENI holds leaves the VPC.
    ///
    /// # Errors
    /// Why it is dropped.
    pub fn leaves(
        &self,
        sender: &EniPlan,
        source: Ipv4Addr,
        packet: &Packet,
    ) -> Result<Exit, DropReason> {
        let destination = packet.destination;
        if self.is_one_way(destination) {
            return Err(DropReason::OneWay);
        }
        if self.vpc.has(destination) {
            return Err(DropReason::NoOwner);
        }
        let content = packet.content;
        let from = (sender.eni, sender.subnet);
        let exit = self.vpc.exit_from(source, from, destination, content.number())?;
        let ends = (source, destination);
        pass(&self.crossings_by_nat(&exit, ends, false, content))?;
        Ok(exit)
    }

    /// The ENI of a NAT gateway takes no connections, like one that functions share.
    pub(super) fn is_one_way(&self, address: Ipv4Addr) -> bool {
        self.vpc.nats.values().any(|nat| nat.private == address)
    }

    /// Whether one of an ENI's groups says yes: several are as good as one with all their rules.
    pub(super) fn any(&self, eni: &EniPlan, says: impl Fn(&GroupPlan) -> bool) -> bool {
        eni.groups.iter().filter_map(|group| self.groups.get(group)).any(says)
    }

    pub(super) fn permits(&self, rules: &[RulePlan], peer: Ipv4Addr, packet: &Packet) -> bool {
        rules
            .iter()
            .any(|rule| speaks_of(rule.protocol, packet.content) && self.is(rule.peer, peer))
    }

    pub(super) fn is(&self, peer: Peer, address: Ipv4Addr) -> bool {
        match peer {
            Peer::Cidr(block) => block.contains(address),
            // Packets are of IPv4, whose addresses are in no such block; of lists plans have the blocks.
            Peer::Cidr6(_) | Peer::List(_) => false,
            Peer::Group(group) => {
                let mut members = self.enis.values().filter(|eni| eni.groups.contains(&group));
                let of_peers = self.vpc.peers.values().filter_map(|peer| peer.members.get(&group));
                members.any(|eni| self.vpc.is_own(eni, address))
                    || of_peers.flatten().any(|member| *member == address)
            }
        }
    }
}

impl VpcPlan {
    /// Whether a packet asks the VPC's resolver for a name.
    pub fn asks_resolver(&self, destination: Ipv4Addr, content: Content) -> bool {
        let asks = matches!(content, Content::Udp(DNS_PORT) | Content::Tcp(DNS_PORT));
        let Some(resolver) = self.dns.resolver.filter(|_| asks) else { return false };
        destination == resolver || destination == name::LINK_LOCAL
    }
}

/// The port at which names are asked for.
pub const DNS_PORT: u16 = 53;

/// Whether a permission's protocol is a packet's.
pub fn speaks_of(protocol: Protocol, content: Content) -> bool {
    match (protocol, content) {
        (Protocol::All, _) => true,
        (Protocol::Tcp(ports), Content::Tcp(port)) | (Protocol::Udp(ports), Content::Udp(port)) => {
            (ports.first..=ports.last).contains(&port)
        }
        (Protocol::Icmp { kind, code }, Content::Icmp(is_kind, is_code)) => {
            kind.is_none_or(|kind| kind == is_kind) && code.is_none_or(|code| code == is_code)
        }
        (Protocol::Number(number), content) => number == content.number(),
        // It has types and codes in packets of IPv6, which there are none of.
        (Protocol::Icmp6 { .. }, _)
        | (Protocol::Tcp(_) | Protocol::Udp(_) | Protocol::Icmp { .. }, _) => false,
    }
}

impl Content {
    /// The IP protocol's number.
    pub fn number(self) -> u8 {
        match self {
            Content::Icmp(..) => 1,
            Content::Tcp(_) => 6,
            Content::Udp(_) => 17,
            Content::Other(number) => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::cidr::Cidr;
    use crate::base::id::{AclId, RouteTableId, RuleId, SubnetId, VpcId};
    use crate::plan::{AclPlan, AclRule, AclRulePlan, Holder, SubnetPlan};
    use crate::record::group::Ports;
    use crate::record::network_acl::AclBlock;
    use alloc::collections::BTreeSet;
    use alloc::sync::Arc;
    use alloc::vec;
    use alloc::vec::Vec;

    const APP: GroupId = GroupId(1);
    const DATABASE: GroupId = GroupId(2);

    fn rules(all: &[(Protocol, Peer)]) -> Vec<RulePlan> {
        let rule = |(protocol, peer): &(Protocol, Peer)| RulePlan {
            rule: RuleId(0),
            protocol: *protocol,
            peer: *peer,
        };
        all.iter().map(rule).collect()
    }

    fn eni(id: u64, address: [u8; 4], groups: &[GroupId], holder: Holder) -> (EniId, EniPlan) {
        let plan = EniPlan {
            addresses6: Vec::new(),
            eni: EniId(id),
            vpc: VpcId(1),
            subnet: SubnetId(1),
            gateway: [10, 0, 1, 1].into(),
            address: address.into(),
            mac: [2; 6],
            groups: BTreeSet::from_iter(groups.iter().copied()),
            holder,
        };
        (plan.eni, plan)
    }

    #[test]
    fn each_gate_has_its_reason() {
        let block = Cidr::containing([10, 0, 0, 0].into(), 16).unwrap();
        let vpc = VpcPlan::empty(VpcId(1), vec![block]);
        let postgres = Protocol::Tcp(Ports { first: 5432, last: 5432 });
        let group = |group, ingress: &[_], egress: &[_]| {
            let (ingress, egress) = (rules(ingress), rules(egress));
            (group, GroupPlan { group, vpc: VpcId(1), ingress, egress })
        };
        let groups = BTreeMap::from([
            group(APP, &[], &[(Protocol::All, Peer::Cidr(Cidr::ANYWHERE))]),
            group(DATABASE, &[(postgres, Peer::Group(APP))], &[]),
        ]);
        let enis = BTreeMap::from([
            eni(1, [10, 0, 1, 10], &[APP], Holder::Environment),
            eni(2, [10, 0, 1, 20], &[DATABASE], Holder::Resource),
            eni(3, [10, 0, 1, 30], &[APP], Holder::Shared),
        ]);
        let reach = Reach { vpc: &vpc, groups: &groups, enis: &enis };
        let judge = |sender, destination: [u8; 4], content| {
            let destination = destination.into();
            reach.judge(&Packet { sender: EniId(sender), destination, content })
        };
        let tcp = Content::Tcp(5432);
        assert_eq!(judge(1, [10, 0, 1, 20], tcp), Ok(()));
        assert_eq!(judge(3, [10, 0, 1, 20], tcp), Ok(()));
        assert_eq!(judge(1, [10, 0, 1, 20], Content::Udp(5432)), Err(DropReason::Ingress));
        assert_eq!(judge(2, [10, 0, 1, 10], tcp), Err(DropReason::Egress));
        assert_eq!(judge(1, [10, 0, 1, 30], tcp), Err(DropReason::OneWay));
        assert_eq!(judge(1, [10, 0, 9, 9], Content::Icmp(8, 0)), Err(DropReason::NoOwner));
        assert_eq!(judge(1, [10, 1, 0, 1], Content::Other(50)), Err(DropReason::NoRoute));
    }

    #[test]
    fn a_boundary_is_crossed_both_ways_by_the_first_rule_that_speaks_of_a_packet() {
        let block = |base: [u8; 4], prefix| Cidr::containing(base.into(), prefix).unwrap();
        let subnet = |id, base, acl| SubnetPlan {
            cidr6: None,
            subnet: SubnetId(id),
            cidr: block(base, 24),
            table: RouteTableId(1),
            acl: AclId(acl),
        };
        let rule = |number, allows, protocol, base, prefix| {
            let block = AclBlock::V4(block(base, prefix));
            AclRulePlan { number, allows, protocol, block }
        };
        let open = |number| rule(number, true, Protocol::All, [0, 0, 0, 0], 0);
        let postgres = Protocol::Tcp(Ports { first: 5432, last: 5432 });
        let acl = |id, ingress: &[_], egress: &[_]| {
            let (ingress, egress) = (ingress.to_vec(), egress.to_vec());
            (AclId(id), Arc::new(AclPlan { acl: AclId(id), ingress, egress }))
        };
        let of_database = [
            rule(90, false, Protocol::All, [10, 0, 1, 66], 32),
            rule(100, true, postgres, [10, 0, 1, 0], 24),
        ];
        let vpc = VpcPlan {
            subnets: vec![subnet(1, [10, 0, 1, 0], 1), subnet(2, [10, 0, 2, 0], 2)],
            acls: [acl(1, &[open(100)], &[open(100)]), acl(2, &of_database, &[])].into(),
            ..VpcPlan::empty(VpcId(1), vec![block([10, 0, 0, 0], 16)])
        };
        let everything = rules(&[(Protocol::All, Peer::Cidr(Cidr::ANYWHERE))]);
        let (ingress, egress) = (everything.clone(), everything);
        let group = GroupPlan { group: APP, vpc: VpcId(1), ingress, egress };
        let groups = BTreeMap::from([(APP, group)]);
        let held = |id, address| eni(id, address, &[APP], Holder::Environment);
        let enis = BTreeMap::from([
            held(1, [10, 0, 1, 10]),
            held(2, [10, 0, 2, 20]),
            held(3, [10, 0, 2, 21]),
            held(4, [10, 0, 1, 66]),
        ]);
        let reach = Reach { vpc: &vpc, groups: &groups, enis: &enis };
        let judge = |sender, destination: [u8; 4], port| {
            let (destination, content) = (destination.into(), Content::Tcp(port));
            reach.judge(&Packet { sender: EniId(sender), destination, content })
        };
        let by = |rule| AclRule { acl: AclId(2), rule };
        let database = [10, 0, 2, 20];
        assert_eq!(judge(1, database, 5432), Ok(()));
        assert_eq!(judge(1, database, 80), Err(DropReason::AclIngress(by(None))));
        assert_eq!(judge(4, database, 5432), Err(DropReason::AclIngress(by(Some(90)))));
        assert_eq!(judge(2, [10, 0, 1, 10], 80), Err(DropReason::AclEgress(by(None))));
        // Within a subnet there is no boundary.
        assert_eq!(judge(3, database, 80), Ok(()));
        let reply = |from: [u8; 4], to: [u8; 4]| {
            reach.judge_reply(from.into(), to.into(), Content::Tcp(40_000))
        };
        assert_eq!(reply(database, [10, 0, 1, 10]), Err(DropReason::AclEgress(by(None))));
        assert_eq!(reply(database, [10, 0, 2, 21]), Ok(()));
    }
}
