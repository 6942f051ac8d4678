//! Gates: what a packet and the replies to it meet within a VPC, one after another, in words.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::{EniId, GroupId, PeeringId, RouteTableId, SubnetId, VpcId};
use crate::network::boundary::Crossing;
use crate::network::exit::Exit;
use crate::network::hop::{Hop as NextHop, Step};
use crate::network::reach::{Content, Packet, Reach};
use crate::node::PacketDrop;
use crate::plan::{DropReason, EniPlan, VpcPlan};
use crate::record::group::Direction;
use crate::record::route_table::Target;
use crate::tell::hop::{By, Gate, Hop, Reached};
use crate::tell::replies::{Replies, Segment};
use crate::tell::words::Teller;

/// A gate that is closed to replies: how far they come all the same, why not all of them do, and to which
/// ports, where those are known.
pub(super) type Closed = (Reached, DropReason, Option<(u16, u16)>);

/// One way to be judged: both ends, and what is sent.
pub(super) struct Way<'a> {
    pub(super) reach: &'a Reach<'a>,
    /// The VPC at the other end of a peering connection, where the way leads there.
    pub(super) beyond: Option<&'a Reach<'a>>,
    pub(super) vpc: VpcId,
    pub(super) sender: &'a EniPlan,
    /// Whether the sender's ENI is yet to be made.
    pub(super) is_to_be: bool,
    pub(super) receiver: Option<&'a EniPlan>,
    pub(super) packet: Packet,
}

/// One hop of a way: where it is judged, who sends, and who takes it if anybody does.
pub(super) struct Leg<'a> {
    pub(super) at: &'a Reach<'a>,
    pub(super) sender: Option<&'a EniPlan>,
    pub(super) receiver: Option<&'a EniPlan>,
}

impl Leg<'_> {
    /// The security groups that were asked.
    fn asked(&self, reason: DropReason) -> Vec<GroupId> {
        let asked = match reason {
            DropReason::Egress => self.sender,
            DropReason::Ingress => self.receiver,
            _ => None,
        };
        asked.map_or_else(Vec::new, |eni| eni.groups.iter().copied().collect())
    }
}

impl Teller<'_> {
    /// The gates on the way there, up to the one that is closed.
    pub(super) fn there(&self, way: &Way<'_>, hops: &mut Vec<Hop>) -> Result<(), DropReason> {
        let source = way.sender.address;
        let mut sender = way.sender;
        loop {
            let packet = Packet { sender: sender.eni, ..way.packet };
            let outcome = way.reach.step(source, &packet);
            let receiver = match way.reach.vpc.hop(sender.subnet, packet.destination) {
                Ok(Some(NextHop::Middlebox(id))) => way.reach.enis.get(&id),
                _ => way.receiver.filter(|_| way.beyond.is_none()),
            };
            self.leg(way, &Leg { at: way.reach, sender: Some(sender), receiver }, outcome, hops);
            match (outcome?, way.beyond) {
                (Step::Middlebox(id), _) => sender = &way.reach.enis[&id],
                (Step::Peer(_), Some(at)) => {
                    let outcome = at.comes_from_peer(source, &way.packet);
                    let leg = Leg { at, sender: None, receiver: way.receiver };
                    self.leg(way, &leg, outcome, hops);
                    return outcome.map(drop);
                }
                _ => return Ok(()),
            }
        }
    }

    /// The gates from one hop to the next.
    fn leg(
        &self,
        way: &Way<'_>,
        leg: &Leg<'_>,
        outcome: Result<Step, DropReason>,
        hops: &mut Vec<Hop>,
    ) {
        let Packet { destination, content, .. } = way.packet;
        let source = way.sender.address;
        let mut add = |gate, (text, by)| hops.push(Hop::open(false, gate, text, by));
        let groups = |eni: &EniPlan, direction, peer, what: &str| {
            let (group, rule) = leg.at.permitting(eni, direction, peer, content)?;
            let text = format!("{rule} of {} lets it {what}", self.group_name(group));
            Some((text, Some(By::GroupRule { group, rule })))
        };
        let crossed = |own, peer, direction, what: &str| {
            let crossing = leg.at.boundary(own, peer, direction, content)?;
            crossing.allows.then(|| self.crossed(&crossing, what))
        };
        let sends = leg.sender.and_then(|eni| groups(eni, Direction::Egress, destination, "out"));
        if let Some(met) = sends {
            add(Gate::EgressGroups, met);
            if let Some(met) = crossed(source, destination, Direction::Egress, "out") {
                add(Gate::EgressAcl, met);
            }
        }
        let is_routed =
            matches!(outcome, Ok(_) | Err(DropReason::AclIngress(_) | DropReason::Ingress));
        match (outcome, leg.sender, leg.receiver) {
            (_, Some(sender), None) if way.is_let_out_by(sender) => {
                add(Gate::Route, self.route_out(way, sender));
                for (direction, crossing) in way.crossings_by_nat() {
                    let (gate, what) = match direction {
                        Direction::Egress => (Gate::EgressAcl, "out to the internet"),
                        Direction::Ingress => (Gate::IngressAcl, "in to the NAT gateway"),
                    };
                    if crossing.allows {
                        add(gate, self.crossed(&crossing, what));
                    }
                }
            }
            (Ok(Step::Peer(id)), Some(sender), _) => {
                add(Gate::Route, route_to_peer(way, sender, id));
            }
            (_, sender, Some(receiver)) if is_routed => {
                add(Gate::Route, self.route(way, (leg.at, sender), receiver));
                if let Some(met) = crossed(destination, source, Direction::Ingress, "in") {
                    add(Gate::IngressAcl, met);
                }
                let takes =
                    outcome.ok().and_then(|_| groups(receiver, Direction::Ingress, source, "in"));
                if let Some(met) = takes {
                    add(Gate::IngressGroups, met);
                }
            }
            _ => {}
        }
        if let Err(reason) = outcome {
            hops.push(self.stopped(way, leg, reason));
        }
    }

    /// The gate that a packet does not pass.
    pub(super) fn stopped(&self, way: &Way<'_>, leg: &Leg<'_>, reason: DropReason) -> Hop {
        let asked = leg.asked(reason);
        let vpc = leg.at.vpc.vpc;
        let destination = way.packet.destination;
        let led = leg.sender.and_then(|sender| self.network.led(sender.subnet, destination));
        let sender = leg.sender.filter(|_| !way.is_to_be).map(|eni| eni.eni);
        let dropped = PacketDrop { vpc: Some(vpc), eni: sender, ..way.drop(reason, false, 0) };
        let text = self.why(&dropped, &asked, led.as_ref());
        let by = match reason {
            DropReason::Egress => Some(By::Groups { eni: sender, groups: asked }),
            DropReason::Ingress => {
                Some(By::Groups { eni: leg.receiver.map(|eni| eni.eni), groups: asked })
            }
            DropReason::AclEgress(rule) => {
                let own = || self.subnet_of(vpc, way.sender.address);
                Some(By::Acl { subnet: way.denied_by_nat().or_else(own), rule })
            }
            DropReason::AclIngress(rule) => {
                let own = || self.subnet_of(vpc, destination);
                Some(By::Acl { subnet: way.denied_by_nat().or_else(own), rule })
            }
            DropReason::NoOwner if let Some(idle) = self.idle(Some(vpc), destination.into()) => {
                let table = led.map(|led| led.table);
                let eni = Some(idle.id);
                let (destination, nat, gateway, public) = (None, None, None, None);
                Some(By::Route { table, destination, nat, gateway, public, eni })
            }
            _ => led.map(|led| By::Route {
                table: Some(led.table),
                destination: led.route.map(|route| route.destination),
                nat: match led.route.map(|route| route.target) {
                    Some(Target::NatGateway(nat)) => Some(nat),
                    _ => None,
                },
                gateway: match led.route.map(|route| route.target) {
                    Some(Target::InternetGateway(gateway)) => Some(gateway),
                    _ => None,
                },
                public: None,
                eni: None,
            }),
        };
        Hop { by, reason: Some(reason), ..Hop::closed(false, gate(reason), text) }
    }

    /// What a network ACL that lets something through did.
    pub(super) fn crossed(&self, crossing: &Crossing, what: &str) -> (String, Option<By>) {
        let Crossing { subnet, rule, .. } = *crossing;
        let text =
            format!("{rule}, the network ACL of {}, lets it {what}", self.subnet_name(subnet));
        (text, Some(By::Acl { subnet: Some(subnet), rule }))
    }

    fn subnet_of(&self, vpc: VpcId, address: Ipv4Addr) -> Option<SubnetId> {
        let subnets = &self.network.planned(vpc).subnets;
        let found = subnets.iter().find(|subnet| subnet.cidr.contains(address));
        found.map(|subnet| subnet.subnet)
    }

    /// By which route the packet goes, and who has it then.
    fn route(
        &self,
        way: &Way<'_>,
        (at, sender): (&Reach<'_>, Option<&EniPlan>),
        receiver: &EniPlan,
    ) -> (String, Option<By>) {
        let (vpc, destination) = (at.vpc, way.packet.destination);
        let none = || (None, String::new());
        let (table, named) = sender.map_or_else(none, |sender| table_of(vpc, sender.subnet));
        let held = self.network.enis.get(&receiver.eni).map(|eni| self.holder_name(eni));
        let held = held.unwrap_or_else(|| receiver.eni.to_string());
        let (block, text) = if vpc.is_own(receiver, destination) {
            let block = vpc.cidrs.iter().find(|block| block.contains(destination)).copied();
            let local = block.map_or_else(String::new, |block| format!("{block} is local, "));
            (block, format!("{named}{local}{destination} is {held}"))
        } else {
            let led = sender.and_then(|sender| vpc.route(sender.subnet, destination));
            let block = led.map(|route| route.destination);
            let leads = block.map_or_else(String::new, |block| format!("{block} "));
            (block, format!("{named}{leads}leads to {held}, which passes it on"))
        };
        let eni = Some(receiver.eni);
        let by =
            By::Route { table, destination: block, nat: None, gateway: None, public: None, eni };
        (text, Some(by))
    }

    /// By which route the packet leaves the VPC, and by which address.
    fn route_out(&self, way: &Way<'_>, sender: &EniPlan) -> (String, Option<By>) {
        let Packet { destination, content, .. } = way.packet;
        let vpc = way.reach.vpc;
        let (table, named) = table_of(vpc, sender.subnet);
        let block = vpc.route(sender.subnet, destination).map(|route| route.destination);
        let leads = block.map_or_else(String::new, |block| format!("{block} "));
        let (source, from) = (way.sender.address, (sender.eni, sender.subnet));
        let exit = vpc.exit_from(source, from, destination, content.number()).ok();
        let out = match exit {
            Some(Exit::Public(public, Some(nat))) => format!("leads out by {nat}, as {public}"),
            Some(Exit::Public(public, None)) => format!("leads out as {public}"),
            Some(Exit::Endpoint(endpoint)) => {
                let known = self.network.vpc_endpoints.get(&endpoint);
                let service = known.map_or("its service", |known| known.service.as_str());
                format!("leads to {service} by {endpoint}")
            }
            None => "leads nowhere".into(),
        };
        let by = By::Route {
            table,
            destination: block,
            nat: exit.and_then(Exit::nat),
            gateway: vpc.gateway,
            public: exit.and_then(Exit::public),
            eni: None,
        };
        (format!("{named}{leads}{out}"), Some(by))
    }

    /// The gates that the reply meets, from all ports that the connection may be made from.
    pub(super) fn back(
        &self,
        way: &Way<'_>,
        ports: (u16, u16),
        hops: &mut Vec<Hop>,
    ) -> (Reached, Option<String>) {
        let segments = Replies { way, ports }.segments();
        let why = |reason, port| self.why(&way.drop(reason, true, port), &[], None);
        match self.tell_back(&segments, hops, why) {
            None => (Reached::Reached, None),
            Some((verdict, reason, ports)) => {
                (verdict, self.mend(way, reason, ports.or(Some((0, 0)))))
            }
        }
    }

    /// Adds what replies meet; returns the first gate that is closed, and to which ports.
    pub(super) fn tell_back(
        &self,
        segments: &[Segment],
        hops: &mut Vec<Hop>,
        why: impl Fn(DropReason, u16) -> String,
    ) -> Option<Closed> {
        if !hops.iter().any(|hop| hop.gate == Gate::Connection) {
            let known = "security groups know the connection, and let replies pass";
            hops.push(Hop::open(true, Gate::Connection, known.to_string(), None));
        }
        for Segment { ports, crossings, verdict } in segments {
            let of_ports = match (ports, segments.len()) {
                (Some((first, last)), 2..) => format!(" (to ports {first}-{last})"),
                _ => String::new(),
            };
            for (direction, crossing) in crossings.iter().filter(|(_, crossing)| crossing.allows) {
                let (gate, what) = match direction {
                    Direction::Egress => (Gate::EgressAcl, "out"),
                    Direction::Ingress => (Gate::IngressAcl, "in"),
                };
                let (text, by) = self.crossed(crossing, what);
                hops.push(Hop::open(true, gate, format!("{text}{of_ports}"), by));
            }
            if let Err(reason) = verdict {
                let port = ports.map_or(0, |(first, _)| first);
                let text = why(*reason, port);
                let met = crossings.iter().find(|(_, crossing)| !crossing.allows);
                let by = met.map(|(_, crossing)| By::Acl {
                    subnet: Some(crossing.subnet),
                    rule: crossing.rule,
                });
                hops.push(Hop {
                    by,
                    reason: Some(*reason),
                    ..Hop::closed(true, gate(*reason), format!("{text}{of_ports}"))
                });
            }
        }
        let stopped = segments.iter().find(|segment| segment.verdict.is_err())?;
        let reason = stopped.verdict.expect_err("it was found for that");
        let is_part = segments.iter().any(|segment| segment.verdict.is_ok());
        let verdict = if is_part { Reached::Partly } else { Reached::Stopped };
        Some((verdict, reason, stopped.ports))
    }
}

/// By which route the packet goes over a peering connection.
fn route_to_peer(way: &Way<'_>, sender: &EniPlan, peering: PeeringId) -> (String, Option<By>) {
    let vpc = way.reach.vpc;
    let (table, named) = table_of(vpc, sender.subnet);
    let block = vpc.route(sender.subnet, way.packet.destination).map(|route| route.destination);
    let leads = block.map_or_else(String::new, |block| format!("{block} "));
    let peer = vpc.peers.get(&peering).map_or_else(String::new, |it| format!(" to {}", it.vpc));
    let by =
        By::Route { table, destination: block, nat: None, gateway: None, public: None, eni: None };
    (format!("{named}{leads}leads by {peering}{peer}"), Some(by))
}

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
        let mut towards = Towards::default();
        let mut next = vpc.hop(subnet, destination);
        if let Ok(Some(NextHop::Middlebox(id))) = next {
            towards.middlebox = Some(id);
            next = vpc.hop(vpc.middleboxes[&id].subnet, destination);
        }
        if let Ok(Some(NextHop::Peer(id))) = next {
            towards.peer = vpc.peers.get(&id).map(|peer| peer.vpc);
        }
        towards
    }
}

/// The route table of a subnet, also as what a statement about it begins with.
fn table_of(vpc: &VpcPlan, subnet: SubnetId) -> (Option<RouteTableId>, String) {
    let found = vpc.subnets.iter().find(|known| known.subnet == subnet).map(|known| known.table);
    (found, found.map_or_else(String::new, |table| format!("{table}: ")))
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

impl Way<'_> {
    /// Who sends it last within the sender's VPC: a middlebox that it is led through, or the sender.
    pub(super) fn last(&self) -> &EniPlan {
        match self.reach.vpc.hop(self.sender.subnet, self.packet.destination) {
            Ok(Some(NextHop::Middlebox(id))) => self.reach.enis.get(&id).unwrap_or(self.sender),
            _ => self.sender,
        }
    }

    /// How the packet leaves the VPC, if it does.
    pub(super) fn exit(&self) -> Option<Exit> {
        let Packet { destination, content, .. } = self.packet;
        let vpc = self.reach.vpc;
        if self.receiver.is_some() || vpc.has(destination) {
            return None;
        }
        let last = self.last();
        let (source, from) = (self.sender.address, (last.eni, last.subnet));
        vpc.exit_from(source, from, destination, content.number()).ok()
    }

    /// Whether somebody's groups and its subnet's ACL let the packet out of the VPC.
    fn is_let_out_by(&self, sender: &EniPlan) -> bool {
        sender.eni == self.last().eni && self.exit().is_some() && self.leaves_subnet()
    }

    /// Whether the last sender's groups and the subnet's ACL let the packet out.
    fn leaves_subnet(&self) -> bool {
        let Packet { destination, content, .. } = self.packet;
        let reach = self.reach;
        let permitted = reach.permitting(self.last(), Direction::Egress, destination, content);
        let met = reach.boundary(self.sender.address, destination, Direction::Egress, content);
        permitted.is_some() && met.is_none_or(|met| met.allows)
    }

    /// What the packet meets at the subnet of the NAT gateway that it goes by.
    fn crossings_by_nat(&self) -> Vec<(Direction, Crossing)> {
        let Packet { destination, content, .. } = self.packet;
        let ends = (self.sender.address, destination);
        self.exit()
            .map_or_else(Vec::new, |exit| self.reach.crossings_by_nat(&exit, ends, false, content))
    }

    /// That subnet, where its ACL does not let the packet through.
    fn denied_by_nat(&self) -> Option<SubnetId> {
        if !self.leaves_subnet() {
            return None;
        }
        let denied = self.crossings_by_nat().into_iter().find(|(_, crossing)| !crossing.allows);
        denied.map(|(_, crossing)| crossing.subnet)
    }

    /// The drop that would be told for a reason.
    pub(super) fn drop(&self, reason: DropReason, is_reply: bool, port: u16) -> PacketDrop {
        let Packet { destination, content, .. } = self.packet;
        let own = match content {
            Content::Tcp(port) | Content::Udp(port) => port,
            Content::Icmp(..) | Content::Other(_) => 0,
        };
        let (source, destination) = match is_reply {
            false => (self.sender.address, (destination, own)),
            true => (destination, (self.sender.address, port)),
        };
        let vpc = match (reason, self.beyond) {
            (DropReason::AclEgress(_) | DropReason::NoRouteBack, Some(beyond)) if is_reply => {
                beyond.vpc.vpc
            }
            _ => self.vpc,
        };
        PacketDrop {
            vpc: Some(vpc),
            eni: (!self.is_to_be).then_some(self.sender.eni),
            environment: None,
            is_reply,
            source: source.into(),
            destination: (destination.0, destination.1).into(),
            protocol: content.number(),
            reason,
            packets: 1,
            is_least: false,
        }
    }
}
