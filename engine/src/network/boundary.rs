//! What decides in the model of reach: which rule of which network ACL a packet meets at the boundary of
//! a subnet, and which rule of a security group lets it through.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::{GroupId, RuleId, SubnetId};
use crate::base::limits::NAT_PORTS;
use crate::network::exit::Exit;
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

/// What a reply comes to at a NAT gateway, which keeps the port of a connection where that is one of its
/// own.
fn translated(content: Content) -> Content {
    let (first, last) = NAT_PORTS;
    match content {
        Content::Tcp(port) => Content::Tcp(port.clamp(first, last)),
        Content::Udp(port) => Content::Udp(port.clamp(first, last)),
        Content::Icmp(..) | Content::Other(_) => content,
    }
}

/// Whether a packet passes all of these.
///
/// # Errors
/// Which rule drops it.
pub fn pass(crossings: &[(Direction, Crossing)]) -> Result<(), DropReason> {
    match crossings.iter().find(|(_, crossing)| !crossing.allows) {
        Some((Direction::Egress, Crossing { rule, .. })) => Err(DropReason::AclEgress(*rule)),
        Some((Direction::Ingress, Crossing { rule, .. })) => Err(DropReason::AclIngress(*rule)),
        None => Ok(()),
    }
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

    /// What a packet between an ENI and the internet meets at the boundary of the subnet of the NAT gateway
    /// that it goes by, on its way into that subnet and out of it again, up to the rule that drops it. Of a
    /// reply the content is what comes to the ENI.
    pub fn crossings_by_nat(
        &self,
        exit: &Exit,
        (sender, peer): (Ipv4Addr, Ipv4Addr),
        is_reply: bool,
        content: Content,
    ) -> Vec<(Direction, Crossing)> {
        let Some(nat) = exit.nat().and_then(|nat| self.vpc.nats.get(&nat)) else {
            return Vec::new();
        };
        let (before, after) = if is_reply { (peer, sender) } else { (sender, peer) };
        let comes = if is_reply { translated(content) } else { content };
        let into = self.boundary(nat.private, before, Direction::Ingress, comes);
        let is_in = into.is_none_or(|into| into.allows);
        let out = self.boundary(nat.private, after, Direction::Egress, content);
        let crossings = [(Direction::Ingress, into), (Direction::Egress, out.filter(|_| is_in))];
        crossings.into_iter().filter_map(|(way, crossing)| Some((way, crossing?))).collect()
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

#[cfg(test)]
mod tests {
    use alloc::sync::Arc;
    use alloc::vec;

    use super::*;
    use crate::base::cidr::Cidr;
    use crate::base::id::{AclId, EniId, NatGatewayId, RouteTableId, VpcId};
    use crate::plan::{AclPlan, AclRulePlan, NatPlan, VpcPlan};
    use crate::record::group::{Ports, Protocol};

    #[test]
    fn what_goes_by_a_nat_gateway_crosses_the_boundary_of_its_subnet_twice_each_way() {
        let block = |text: &str| text.parse::<Cidr>().unwrap();
        let subnet = |id, cidr| SubnetPlan {
            cidr6: None,
            subnet: SubnetId(id),
            cidr: block(cidr),
            table: RouteTableId(1),
            acl: AclId(id),
        };
        let rule = |number, of: &str, first, last| AclRulePlan {
            number,
            allows: true,
            protocol: Protocol::Tcp(Ports { first, last }),
            block: AclBlock::V4(block(of)),
        };
        let acl = AclPlan {
            acl: AclId(1),
            ingress: vec![rule(1, "10.0.2.0/24", 443, 443), rule(2, "0.0.0.0/0", 1024, 50_000)],
            egress: vec![rule(3, "0.0.0.0/0", 443, 443), rule(4, "10.0.2.0/24", 1024, 65_535)],
        };
        let (id, private) = (NatGatewayId(1), [10, 0, 1, 200].into());
        let public = [198, 18, 0, 1].into();
        let nat =
            NatPlan { nat: id, eni: EniId(1), subnet: SubnetId(1), private, public: Some(public) };
        let vpc = VpcPlan {
            subnets: vec![subnet(1, "10.0.1.0/24"), subnet(2, "10.0.2.0/24")],
            acls: [(AclId(1), Arc::new(acl))].into(),
            nats: [(id, nat)].into(),
            ..VpcPlan::empty(VpcId(1), vec![block("10.0.0.0/16")])
        };
        let (groups, enis) = Default::default();
        let reach = Reach { vpc: &vpc, groups: &groups, enis: &enis };
        let exit = Exit::Public(public, Some(id));
        let met = |sender: [u8; 4], is_reply, port| {
            let ends = (sender.into(), [203, 0, 113, 9].into());
            let crossings = reach.crossings_by_nat(&exit, ends, is_reply, Content::Tcp(port));
            let rules: Vec<_> =
                crossings.iter().map(|(way, crossing)| (*way, crossing.rule.rule)).collect();
            (rules, pass(&crossings).is_ok())
        };
        use Direction::{Egress, Ingress};
        let sender = [10, 0, 2, 10];
        assert_eq!(met(sender, false, 443), (vec![(Ingress, Some(1)), (Egress, Some(3))], true));
        assert_eq!(met(sender, false, 80), (vec![(Ingress, None)], false));
        let both = vec![(Ingress, Some(2)), (Egress, Some(4))];
        assert_eq!(met(sender, true, 40_000), (both, true));
        // The gateway has no such port, and takes another one.
        assert_eq!(met(sender, true, 60_000), (vec![(Ingress, None)], false));
        // Within the gateway's own subnet there is no boundary.
        assert_eq!(met([10, 0, 1, 10], false, 443), (vec![(Egress, Some(3))], true));
        assert_eq!(met([10, 0, 1, 10], true, 80), (vec![(Ingress, Some(2))], true));
        let direct = Exit::Public(public, None);
        let ends = (sender.into(), [203, 0, 113, 9].into());
        assert_eq!(reach.crossings_by_nat(&direct, ends, false, Content::Tcp(443)), vec![]);
    }
}
