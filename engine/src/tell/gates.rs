//! Gates: what a packet and the replies to it meet within a VPC, one after another, in words.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::{GroupId, RouteTableId, SubnetId, VpcId};
use crate::network::boundary::Crossing;
use crate::network::exit::Exit;
use crate::network::reach::{Content, Packet, Reach};
use crate::node::PacketDrop;
use crate::plan::{DropReason, EniPlan, VpcPlan};
use crate::record::group::Direction;
use crate::record::route_table::Target;
use crate::tell::hop::{By, Gate, Hop, Reached};
use crate::tell::replies::{Replies, Segment};
use crate::tell::words::Teller;

/// One way to be judged: both ends, and what is sent.
pub(super) struct Way<'a> {
    pub(super) reach: &'a Reach<'a>,
    pub(super) vpc: VpcId,
    pub(super) sender: &'a EniPlan,
    /// Whether the sender's ENI is yet to be made.
    pub(super) is_to_be: bool,
    pub(super) receiver: Option<&'a EniPlan>,
    pub(super) packet: Packet,
}

impl Teller<'_> {
    /// The gates on the way there, up to the one that is closed.
    pub(super) fn there(&self, way: &Way<'_>, hops: &mut Vec<Hop>) -> Result<(), DropReason> {
        let verdict = way.reach.judge(&way.packet);
        let Packet { destination, content, .. } = way.packet;
        let mut add = |gate, (text, by)| hops.push(Hop::open(false, gate, text, by));
        let groups = |eni: &EniPlan, direction, peer, what: &str| {
            let (group, rule) = way.reach.permitting(eni, direction, peer, content)?;
            let text = format!("{rule} of {} lets it {what}", self.group_name(group));
            Some((text, Some(By::GroupRule { group, rule })))
        };
        let crossed = |own, peer, direction, what: &str| {
            let crossing = way.reach.boundary(own, peer, direction, content)?;
            crossing.allows.then(|| self.crossed(&crossing, what))
        };
        let source = way.sender.address;
        if let Some(met) = groups(way.sender, Direction::Egress, destination, "out") {
            add(Gate::EgressGroups, met);
            if let Some(met) = crossed(source, destination, Direction::Egress, "out") {
                add(Gate::EgressAcl, met);
            }
        }
        let is_routed =
            matches!(verdict, Ok(()) | Err(DropReason::AclIngress(_) | DropReason::Ingress));
        if let (true, Some(receiver)) = (is_routed, way.receiver) {
            add(Gate::Route, self.route(way, receiver));
            if let Some(met) = crossed(destination, source, Direction::Ingress, "in") {
                add(Gate::IngressAcl, met);
            }
            if let (Ok(()), Some(met)) =
                (verdict, groups(receiver, Direction::Ingress, source, "in"))
            {
                add(Gate::IngressGroups, met);
            }
        }
        if let (Ok(()), None) = (verdict, way.receiver) {
            add(Gate::Route, self.route_out(way));
        }
        if let Err(reason) = verdict {
            hops.push(self.stopped(way, reason));
        }
        verdict
    }

    /// The gate that a packet does not pass.
    pub(super) fn stopped(&self, way: &Way<'_>, reason: DropReason) -> Hop {
        let asked = way.asked(reason);
        let led = self.network.led(way.sender.subnet, way.packet.destination);
        let text = self.why(&way.drop(reason, false, 0), &asked, led.as_ref());
        let by = match reason {
            DropReason::Egress => {
                let eni = (!way.is_to_be).then_some(way.sender.eni);
                Some(By::Groups { eni, groups: asked })
            }
            DropReason::Ingress => {
                Some(By::Groups { eni: way.receiver.map(|eni| eni.eni), groups: asked })
            }
            DropReason::AclEgress(rule) => {
                Some(By::Acl { subnet: self.subnet_of(way.vpc, way.sender.address), rule })
            }
            DropReason::AclIngress(rule) => {
                Some(By::Acl { subnet: self.subnet_of(way.vpc, way.packet.destination), rule })
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
    fn route(&self, way: &Way<'_>, receiver: &EniPlan) -> (String, Option<By>) {
        let vpc = way.reach.vpc;
        let (table, named) = table_of(vpc, way.sender.subnet);
        let block = vpc.cidrs.iter().find(|block| block.contains(way.packet.destination)).copied();
        let local = block.map_or_else(String::new, |block| format!("{block} is local, "));
        let held = self.network.enis.get(&receiver.eni).map(|eni| self.holder_name(eni));
        let held = held.unwrap_or_else(|| receiver.eni.to_string());
        let text = format!("{named}{local}{} is {held}", way.packet.destination);
        let eni = Some(receiver.eni);
        let by =
            By::Route { table, destination: block, nat: None, gateway: None, public: None, eni };
        (text, Some(by))
    }

    /// By which route the packet leaves the VPC, and by which address.
    fn route_out(&self, way: &Way<'_>) -> (String, Option<By>) {
        let Packet { destination, content, .. } = way.packet;
        let (vpc, sender) = (way.reach.vpc, way.sender);
        let (table, named) = table_of(vpc, sender.subnet);
        let block = vpc.route(sender.subnet, destination).map(|route| route.destination);
        let leads = block.map_or_else(String::new, |block| format!("{block} "));
        let exit = vpc.exit((sender.eni, sender.subnet), destination, content.number()).ok();
        let out = match exit {
            Some(Exit { public, nat: Some(nat) }) => format!("leads out by {nat}, as {public}"),
            Some(Exit { public, nat: None }) => format!("leads out as {public}"),
            None => "leads nowhere".into(),
        };
        let by = By::Route {
            table,
            destination: block,
            nat: exit.and_then(|exit| exit.nat),
            gateway: vpc.gateway,
            public: exit.map(|exit| exit.public),
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
        if !hops.iter().any(|hop| hop.gate == Gate::Connection) {
            let known = "security groups know the connection, and let replies pass";
            hops.push(Hop::open(true, Gate::Connection, known.to_string(), None));
        }
        let replies = Replies { way, ports };
        let segments = replies.segments();
        for Segment { ports, crossings, verdict } in &segments {
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
                let text = self.why(&way.drop(*reason, true, port), &[], None);
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
        let stopped = segments.iter().find(|segment| segment.verdict.is_err());
        let Some(stopped) = stopped else { return (Reached::Reached, None) };
        let reason = stopped.verdict.expect_err("it was found for that");
        let is_part = segments.iter().any(|segment| segment.verdict.is_ok());
        let verdict = if is_part { Reached::Partly } else { Reached::Stopped };
        (verdict, self.mend(way, reason, stopped.ports.or(Some((0, 0)))))
    }
}

/// The route table of a subnet, also as what a statement about it begins with.
fn table_of(vpc: &VpcPlan, subnet: SubnetId) -> (Option<RouteTableId>, String) {
    let found = vpc.subnets.iter().find(|known| known.subnet == subnet).map(|known| known.table);
    (found, found.map_or_else(String::new, |table| format!("{table}: ")))
}

fn gate(reason: DropReason) -> Gate {
    match reason {
        DropReason::Egress => Gate::EgressGroups,
        DropReason::AclEgress(_) => Gate::EgressAcl,
        DropReason::AclIngress(_) => Gate::IngressAcl,
        DropReason::Ingress => Gate::IngressGroups,
        _ => Gate::Route,
    }
}

impl Way<'_> {
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
        PacketDrop {
            vpc: Some(self.vpc),
            eni: (!self.is_to_be).then_some(self.sender.eni),
            environment: None,
            is_reply,
            source,
            destination: core::net::SocketAddrV4::new(destination.0, destination.1),
            protocol: content.number(),
            reason,
            packets: 1,
            is_least: false,
        }
    }

    /// The security groups that were asked.
    pub(super) fn asked(&self, reason: DropReason) -> Vec<GroupId> {
        let asked = match reason {
            DropReason::Egress => Some(self.sender),
            DropReason::Ingress => self.receiver,
            _ => None,
        };
        asked.map_or_else(Vec::new, |eni| eni.groups.iter().copied().collect())
    }
}
