//! The gates of a way in words: what a packet meets from hop to hop, and what decides there.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use crate::base::id::{EniId, GroupId, PeeringId, SubnetId, VpcId};
use crate::network::exit::Exit;
use crate::network::hop::{Hop as NextHop, Step};
use crate::network::reach::{Content, Packet, Reach};
use crate::node::PacketDrop;
use crate::plan::{DropReason, EniPlan, VpcPlan};
use crate::record::group::Direction;
use crate::tell::reach::{Gate, Hop, Way};
use crate::tell::words::Teller;

/// Whom a way is led to beside who has the address.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Towards {
    /// The middlebox that it is led through.
    pub(super) middlebox: Option<EniId>,
    /// The VPC that it is led into.
    pub(super) peer: Option<VpcId>,
}

impl Towards {
    /// Where the routes of a subnet lead.
    pub(super) fn by(vpc: &VpcPlan, subnet: SubnetId, destination: Ipv4Addr) -> Towards {
        let mut led = Towards::default();
        let mut next = vpc.hop(subnet, destination);
        if let Ok(Some(NextHop::Middlebox(id))) = next {
            led.middlebox = Some(id);
            next = vpc.hop(vpc.middleboxes[&id].subnet, destination);
        }
        if let Ok(Some(NextHop::Peer(id))) = next {
            led.peer = vpc.peers.get(&id).map(|peer| peer.vpc);
        }
        led
    }
}

pub(super) fn gate(reason: DropReason) -> Gate {
    match reason {
        DropReason::Egress => Gate::EgressGroups,
        DropReason::AclEgress(_) => Gate::EgressAcl,
        DropReason::AclIngress(_) => Gate::IngressAcl,
        DropReason::Ingress => Gate::IngressGroups,
        _ => Gate::Route,
    }
}

/// One hop of a way: where it is judged, who sends, and who takes it if anybody does.
struct Leg<'a> {
    at: &'a Reach<'a>,
    sender: Option<&'a EniPlan>,
    receiver: Option<&'a EniPlan>,
    outcome: Result<Step, DropReason>,
}

impl Teller<'_> {
    /// The gates on the way there, up to the one that is closed.
    pub(super) fn there(&self, way: &Way<'_>, hops: &mut Vec<Hop>) -> Result<(), DropReason> {
        let source = way.sender.address;
        let mut sender = way.sender;
        loop {
            let packet = Packet { sender: sender.eni, ..way.packet };
            let outcome = way.reach.step(source, &packet);
            let hop = way.reach.vpc.hop(sender.subnet, packet.destination);
            let receiver = match hop {
                Ok(Some(NextHop::Middlebox(id))) => way.reach.enis.get(&id),
                _ => way.receiver.filter(|_| way.beyond.is_none()),
            };
            self.leg(way, &Leg { at: way.reach, sender: Some(sender), receiver, outcome }, hops);
            match outcome? {
                Step::Middlebox(id) => sender = &way.reach.enis[&id],
                Step::Peer(_) => return self.there_beyond(way, hops),
                Step::Arrives(_) | Step::Leaves(_) => return Ok(()),
            }
        }
    }

    /// The gates in the VPC at the other end of a peering connection.
    fn there_beyond(&self, way: &Way<'_>, hops: &mut Vec<Hop>) -> Result<(), DropReason> {
        let Some(at) = way.beyond else { return Ok(()) };
        let outcome = at.comes_from_peer(way.sender.address, &way.packet);
        self.leg(way, &Leg { at, sender: None, receiver: way.receiver, outcome }, hops);
        outcome.map(drop)
    }

    fn leg(&self, way: &Way<'_>, leg: &Leg<'_>, hops: &mut Vec<Hop>) {
        let Packet { destination, content, .. } = way.packet;
        let source = way.sender.address;
        let mut add = |gate, text| hops.push(Hop { is_reply: false, gate, passes: true, text });
        let groups = |eni: &EniPlan, direction, peer| {
            let (group, rule) = leg.at.permitting(eni, direction, peer, content)?;
            Some(format!("{rule} of {}", self.group_name(group)))
        };
        let crossed = |own, peer, direction| {
            let crossing = leg.at.boundary(own, peer, direction, content)?;
            let subnet = self.subnet_name(crossing.subnet);
            crossing.allows.then(|| format!("{}, the network ACL of {subnet}", crossing.rule))
        };
        if let Some(sender) = leg.sender
            && let Some(rule) = groups(sender, Direction::Egress, destination)
        {
            let is_first = sender.eni == way.sender.eni;
            let whose = if is_first { String::new() } else { format!(" of {}", sender.eni) };
            add(Gate::EgressGroups, format!("{rule} lets it out{whose}"));
            if let Some(rule) = crossed(source, destination, Direction::Egress) {
                add(Gate::EgressAcl, format!("{rule}, lets it out"));
            }
        }
        let verdict = leg.outcome.map(drop);
        let is_routed =
            matches!(verdict, Ok(()) | Err(DropReason::AclIngress(_) | DropReason::Ingress));
        match (leg.outcome, leg.sender, leg.receiver) {
            (Ok(Step::Leaves(_)), Some(sender), _) => add(Gate::Route, self.route_out(way, sender)),
            (Ok(Step::Peer(id)), Some(sender), _) => {
                add(Gate::Route, self.route_to_peer(way, sender, id));
            }
            (_, sender, Some(receiver)) if is_routed => {
                add(Gate::Route, self.route(way, (leg.at, sender), receiver));
                if let Some(rule) = crossed(destination, source, Direction::Ingress) {
                    add(Gate::IngressAcl, format!("{rule}, lets it in"));
                }
                if let (Ok(()), Some(rule)) =
                    (verdict, groups(receiver, Direction::Ingress, source))
                {
                    add(Gate::IngressGroups, format!("{rule} lets it in"));
                }
            }
            _ => {}
        }
        if let Err(reason) = verdict {
            let led = leg.sender.and_then(|eni| self.network.led(eni.subnet, destination));
            let dropped = PacketDrop {
                vpc: Some(leg.at.vpc.vpc),
                eni: leg.sender.filter(|_| !way.is_to_be).map(|eni| eni.eni),
                ..way.drop(reason)
            };
            let asked = match reason {
                DropReason::Egress => leg.sender,
                DropReason::Ingress => leg.receiver,
                _ => None,
            };
            let asked: Vec<GroupId> =
                asked.map_or_else(Vec::new, |eni| eni.groups.iter().copied().collect());
            let text = self.why(&dropped, &asked, led.as_ref());
            hops.push(Hop { is_reply: false, gate: gate(reason), passes: false, text });
        }
    }

    /// By which route the packet goes, and who has it then.
    fn route(
        &self,
        way: &Way<'_>,
        (at, sender): (&Reach<'_>, Option<&EniPlan>),
        receiver: &EniPlan,
    ) -> String {
        let destination = way.packet.destination;
        let held = self.network.enis.get(&receiver.eni).map(|eni| self.holder_name(eni));
        let held = held.unwrap_or_else(|| format!("{}", receiver.eni));
        let table = table(at.vpc, sender);
        if receiver.address != destination {
            let led = sender.and_then(|eni| at.vpc.route(eni.subnet, destination));
            let led = led.map_or_else(String::new, |route| format!("{} ", route.destination));
            return format!("{table}{led}leads to {held}, which passes it on");
        }
        let block = at.vpc.cidrs.iter().find(|block| block.contains(destination));
        let block = block.map_or_else(String::new, |block| format!("{block} is local, "));
        format!("{table}{block}{destination} is {held}")
    }

    fn route_to_peer(&self, way: &Way<'_>, sender: &EniPlan, peering: PeeringId) -> String {
        let vpc = way.reach.vpc;
        let route = vpc.route(sender.subnet, way.packet.destination);
        let block = route.map_or_else(String::new, |route| format!("{} ", route.destination));
        let peer = vpc.peers.get(&peering).map_or_else(String::new, |it| format!(" to {}", it.vpc));
        format!("{}{block}leads by {peering}{peer}", table(vpc, Some(sender)))
    }

    /// By which route the packet leaves the VPC, and by which address.
    fn route_out(&self, way: &Way<'_>, sender: &EniPlan) -> String {
        let Packet { destination, content, .. } = way.packet;
        let vpc = way.reach.vpc;
        let table = table(vpc, Some(sender));
        let block = vpc.route(sender.subnet, destination).map(|route| route.destination);
        let block = block.map_or_else(String::new, |block| format!("{block} "));
        match vpc.exit((sender.eni, sender.subnet), destination, content.number()) {
            Ok(Exit { public, nat: Some(nat) }) => {
                format!("{table}{block}leads out by {nat}, as {public}")
            }
            Ok(Exit { public, nat: None }) => format!("{table}{block}leads out as {public}"),
            Err(_) => format!("{table}{block}leads nowhere"),
        }
    }
}

/// The route table of a sender's subnet, as what something stands in.
fn table(vpc: &VpcPlan, sender: Option<&EniPlan>) -> String {
    let mut of = vpc
        .subnets
        .iter()
        .filter(|subnet| sender.is_some_and(|sender| sender.subnet == subnet.subnet));
    of.next().map_or_else(String::new, |subnet| format!("{}: ", subnet.table))
}

impl Way<'_> {
    /// The drop that would be told for a reason.
    fn drop(&self, reason: DropReason) -> PacketDrop {
        let Packet { destination, content, .. } = self.packet;
        let port = match content {
            Content::Tcp(port) | Content::Udp(port) => port,
            Content::Icmp(..) | Content::Other(_) => 0,
        };
        PacketDrop {
            vpc: Some(self.reach.vpc.vpc),
            eni: (!self.is_to_be).then_some(self.sender.eni),
            environment: None,
            is_reply: false,
            source: self.sender.address,
            destination: SocketAddrV4::new(destination, port),
            protocol: content.number(),
            reason,
            packets: 1,
            is_least: false,
        }
    }

    /// The same of a reply, to a port.
    pub(super) fn reply_drop(&self, reason: DropReason, port: u16) -> PacketDrop {
        let vpc = match (reason, self.beyond) {
            (DropReason::AclEgress(_) | DropReason::NoRouteBack, Some(beyond)) => beyond.vpc.vpc,
            _ => self.reach.vpc.vpc,
        };
        PacketDrop {
            vpc: Some(vpc),
            is_reply: true,
            source: self.packet.destination,
            destination: SocketAddrV4::new(self.sender.address, port),
            ..self.drop(reason)
        }
    }
}
