//! Reach in words: what a packet of a new connection meets, and what the reply to it, without either
//! being sent. The verdicts are those of the model that the kernel is held against.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::base::id::{EniId, FunctionId, GroupId, ResourceId, SubnetId, VpcId};
use crate::engine::Engine;
use crate::network::reach::{Content, Packet, Reach};
use crate::plan::{EniPlan, GroupPlan, Holder, VpcPlan};
use crate::record::eni::{Eni, EniUser};
use crate::record::function::{EniModel, Function};
use crate::record::group::Direction;
use crate::tell::gates::{Towards, gate};
use crate::tell::replies::{Replies, Segment};
use crate::tell::words::Teller;

/// Ports that functions' connections are made from, as AWS has it.
const OF_FUNCTIONS: (u16, u16) = (1024, u16::MAX);
/// Ports that a Linux machine's connections are made from.
const OF_RESOURCES: (u16, u16) = (32_768, 60_999);

/// Who begins a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A function, from each of its subnets.
    Function(FunctionId),
    /// An ENI, be it a resource's or a function's.
    Eni(EniId),
}

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To an ENI.
    Eni(EniId),
    /// To an address, whoever holds it.
    Address(Ipv4Addr),
}

/// Why it is not told what is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReachRefusal {
    /// The function has no VpcConfig.
    Outside(String),
    /// The ENI is gone.
    NoEni(EniId),
    /// The function is gone.
    NoFunction,
    /// The ENI is of another VPC than who begins: nothing leads from one to the other.
    Elsewhere(EniId, VpcId),
}

/// Whether what was asked for is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reached {
    /// Packets arrive, and replies to them too.
    Reached,
    /// From some subnets, or from some ports.
    Partly,
    /// Not at all.
    Stopped,
}

/// What is told of who reaches what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachTold {
    /// From whom, for people.
    pub from: String,
    /// To whom, for people.
    pub to: String,
    /// The protocol's name or number.
    pub protocol: String,
    /// The destination's port; none of protocols without.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub port: Option<u16>,
    /// Whether it is reached.
    pub verdict: Reached,
    /// From each address that is sent from.
    pub paths: Vec<ReachPath>,
}

impl ReachTold {
    /// What leaves the VPC does not come to where it is sent, for a reason that is outside: it meets no more
    /// gates, and there is no reply.
    pub fn stop_outside(&mut self, why: &str) {
        for path in self.paths.iter_mut().filter(|path| path.leaves) {
            path.hops.retain(|hop| !hop.is_reply);
            let text = why.to_string();
            path.hops.push(Hop { is_reply: false, gate: Gate::Route, passes: false, text });
            (path.verdict, path.mend) = (Reached::Stopped, None);
        }
        self.verdict = Reached::of_all(&self.paths);
    }
}

impl Reached {
    fn of_all(paths: &[ReachPath]) -> Reached {
        let all = |verdict| paths.iter().all(|path| path.verdict == verdict);
        match () {
            () if all(Reached::Stopped) => Reached::Stopped,
            () if all(Reached::Reached) => Reached::Reached,
            () => Reached::Partly,
        }
    }
}

/// The way from one address, and back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachPath {
    /// From where.
    pub source: Ipv4Addr,
    /// Its ENI; none while the function has none in the subnet.
    pub eni: Option<EniId>,
    /// In which subnet.
    pub subnet: SubnetId,
    /// To where.
    pub destination: Ipv4Addr,
    /// Whether it leads out of the VPC.
    #[serde(default)]
    pub leaves: bool,
    /// Whether it is reached.
    pub verdict: Reached,
    /// What is met, in this order.
    pub hops: Vec<Hop>,
    /// What would open the first gate that is closed, if something would.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mend: Option<String>,
}

/// One gate that packets meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Whether it is met by the reply.
    pub is_reply: bool,
    /// Which gate.
    pub gate: Gate,
    /// Whether it is passed.
    pub passes: bool,
    /// What decided, for people.
    pub text: String,
}

/// The kinds of gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// The sender's security groups.
    EgressGroups,
    /// The network ACL of the sender's subnet.
    EgressAcl,
    /// The routes of the sender's subnet, and who holds the destination.
    Route,
    /// The network ACL of the receiver's subnet.
    IngressAcl,
    /// The receiver's security groups.
    IngressGroups,
    /// Security groups, which know the connections that they have let begin.
    Connection,
}

/// One way to be judged: both ends, and what is sent.
pub(super) struct Way<'a> {
    pub(super) reach: &'a Reach<'a>,
    /// The VPC at the other end of a peering connection, where the way leads there.
    pub(super) beyond: Option<&'a Reach<'a>>,
    pub(super) sender: &'a EniPlan,
    /// Whether the sender's ENI is yet to be made.
    pub(super) is_to_be: bool,
    pub(super) receiver: Option<&'a EniPlan>,
    pub(super) packet: Packet,
}

impl Engine {
    /// Tells whether something is reached, gate by gate.
    ///
    /// # Errors
    /// When there is no way to be told of.
    pub fn reach(
        &self,
        from: Origin,
        to: Target,
        content: Content,
    ) -> Result<ReachTold, ReachRefusal> {
        self.teller().reach(from, to, content)
    }
}

impl Teller<'_> {
    fn reach(&self, from: Origin, to: Target, content: Content) -> Result<ReachTold, ReachRefusal> {
        let senders = self.senders(from)?;
        let (destination, name) = match to {
            Target::Address(address) => (address, address.to_string()),
            Target::Eni(id) => {
                let eni = self.network.enis.get(&id).ok_or(ReachRefusal::NoEni(id))?;
                // VPCs may have the same addresses, so that another would be meant there; peers have not.
                if senders.iter().any(|sender| !self.are_near(sender.plan.vpc, eni.vpc)) {
                    return Err(ReachRefusal::Elsewhere(id, eni.vpc));
                }
                (eni.address, format!("{} ({})", self.holder_name(eni), eni.address))
            }
        };
        let ports = match from {
            Origin::Function(_) => OF_FUNCTIONS,
            Origin::Eni(id) => match self.network.enis.get(&id).map(|eni| &eni.user) {
                Some(EniUser::Environment(..) | EniUser::Pair) => OF_FUNCTIONS,
                _ => OF_RESOURCES,
            },
        };
        let paths: Vec<ReachPath> =
            senders.iter().map(|sender| self.path(sender, destination, content, ports)).collect();
        let of = |wanted: Reached| paths.iter().all(|path| path.verdict == wanted);
        let verdict = match (of(Reached::Reached), of(Reached::Stopped)) {
            (true, _) => Reached::Reached,
            (false, true) => Reached::Stopped,
            (false, false) => Reached::Partly,
        };
        let from = match from {
            Origin::Function(id) => format!("function {}", self.function_name(id)),
            Origin::Eni(id) => self.holder_name(&self.network.enis[&id]),
        };
        let (protocol, port) = match content {
            Content::Tcp(port) => ("tcp".into(), Some(port)),
            Content::Udp(port) => ("udp".into(), Some(port)),
            Content::Icmp(..) => ("icmp".into(), None),
            Content::Other(number) => (number.to_string(), None),
        };
        Ok(ReachTold { from, to: name, protocol, port, verdict, paths })
    }

    /// Whether two VPCs are one, or have an active peering connection.
    fn are_near(&self, one: VpcId, other: VpcId) -> bool {
        let mut peers = self.network.planned(one).peers.values();
        one == other || peers.any(|peer| peer.vpc == other)
    }

    /// Who has an ENI, and which it is.
    pub(super) fn holder_name(&self, eni: &Eni) -> String {
        let id = eni.id;
        match &eni.user {
            EniUser::Resource(resource) => format!("{} of {id}", self.resource_name(*resource)),
            EniUser::Environment(environment, _) => format!("{environment} of {id}"),
            EniUser::NatGateway(nat) => format!("{nat} of {id}"),
            EniUser::Pair | EniUser::Customer | EniUser::Released(_) => id.to_string(),
        }
    }

    fn resource_name(&self, id: ResourceId) -> String {
        let name = self.network.resources.get(&id).map(|resource| &resource.name);
        format!("resource {}", name.map_or_else(|| id.to_string(), Clone::clone))
    }

    /// The ENIs that packets are sent by, also those to be.
    fn senders(&self, from: Origin) -> Result<Vec<Sender>, ReachRefusal> {
        match from {
            Origin::Eni(id) => {
                let eni = self.network.enis.get(&id).ok_or(ReachRefusal::NoEni(id))?;
                Ok(Vec::from([Sender {
                    plan: self.network.eni_plan(id, holder(eni)),
                    is_to_be: false,
                }]))
            }
            Origin::Function(id) => {
                let function =
                    self.compute.functions.by_id.get(&id).ok_or(ReachRefusal::NoFunction)?;
                let vpc = function.latest.in_force().vpc.as_ref();
                let config = vpc.filter(|config| !config.subnets.is_empty());
                let config = config.ok_or_else(|| ReachRefusal::Outside(function.name.clone()))?;
                let subnets = config.subnets.iter();
                Ok(subnets
                    .filter_map(|subnet| self.sender(function, *subnet, &config.groups))
                    .collect())
            }
        }
    }

    /// The ENI by which a function sends from a subnet; where it has none there, one of the subnet's
    /// first address.
    fn sender(
        &self,
        function: &Function,
        subnet: SubnetId,
        groups: &BTreeSet<GroupId>,
    ) -> Option<Sender> {
        let mut enis = self.network.enis.values().filter(|eni| eni.subnet == subnet);
        let known = match self.compute.eni_model(&function.tags) {
            EniModel::Hyperplane => {
                enis.find(|eni| eni.user == EniUser::Pair && eni.groups == *groups)
            }
            EniModel::Classic => enis.find(|eni| {
                matches!(eni.user, EniUser::Environment(_, of) if of == function.id)
                    && eni.groups == *groups
            }),
        };
        if let Some(eni) = known {
            let plan = self.network.eni_plan(eni.id, holder(eni));
            return Some(Sender { plan, is_to_be: false });
        }
        let subnet = self.network.subnets.get(&subnet)?;
        let plan = EniPlan {
            eni: EniId(0),
            vpc: subnet.vpc,
            subnet: subnet.id,
            gateway: subnet.cidr.nth(1)?,
            address: subnet.cidr.nth(4)?,
            mac: [0; 6],
            groups: groups.clone(),
            holder: Holder::Environment,
        };
        Some(Sender { plan, is_to_be: true })
    }

    fn path(
        &self,
        sender: &Sender,
        destination: Ipv4Addr,
        content: Content,
        ports: (u16, u16),
    ) -> ReachPath {
        let Sender { plan: sender, is_to_be } = sender;
        let vpc = self.network.planned(sender.vpc);
        if vpc.asks_resolver(destination, content) {
            return self.path_to_resolver((sender, *is_to_be), destination);
        }
        let led = Towards::by(vpc, sender.subnet, destination);
        let middlebox = led.middlebox.map(|id| self.network.eni_plan(id, Holder::Resource));
        let beyond = led.peer.map(|peer| self.network.planned(peer));
        let receiver = self.receiver(beyond.unwrap_or(vpc).vpc, destination);
        // Of all ENIs these alone have an address that a rule of theirs is asked about.
        let ends = [Some(sender), middlebox.as_ref(), receiver.as_ref()].into_iter().flatten();
        let enis: BTreeMap<EniId, EniPlan> =
            ends.clone().map(|eni| (eni.eni, eni.clone())).collect();
        let of = |plan: &VpcPlan| -> BTreeMap<GroupId, GroupPlan> {
            let groups = ends.clone().flat_map(|eni| &eni.groups);
            groups.filter_map(|id| Some((*id, GroupPlan::clone(plan.groups.get(id)?)))).collect()
        };
        let groups = (of(vpc), beyond.map(of).unwrap_or_default());
        let own = |plan: &VpcPlan| -> BTreeMap<EniId, EniPlan> {
            // One that is to be is no member of its groups yet.
            let is_there = |eni: &EniPlan| eni.vpc == plan.vpc || eni.eni == sender.eni;
            let own = enis.iter().filter(|(_, eni)| is_there(eni));
            own.map(|(id, eni)| (*id, eni.clone())).collect()
        };
        let (here, there) = (own(vpc), beyond.map(own).unwrap_or_default());
        let reach = Reach { vpc, groups: &groups.0, enis: &here };
        let beyond = beyond.map(|vpc| Reach { vpc, groups: &groups.1, enis: &there });
        let packet = Packet { sender: sender.eni, destination, content };
        let (is_to_be, receiver) = (*is_to_be, receiver.as_ref());
        let (reach, beyond) = (&reach, beyond.as_ref());
        let way = Way { reach, beyond, sender, is_to_be, receiver, packet };
        let mut hops = Vec::new();
        let verdict = self.there(&way, &mut hops);
        let (verdict, mend) = match verdict {
            Err(reason) => {
                let mend = self.mend(&way, reason, None).filter(|_| middlebox.is_none());
                (Reached::Stopped, mend)
            }
            Ok(()) => self.back(&way, ports, &mut hops),
        };
        let eni = (!is_to_be).then_some(sender.eni);
        let (source, subnet) = (sender.address, sender.subnet);
        let leaves = verdict != Reached::Stopped && receiver.is_none();
        ReachPath { source, eni, subnet, destination, leaves, verdict, hops, mend }
    }

    /// To the resolver of the VPC, which is near everybody.
    fn path_to_resolver(
        &self,
        (sender, is_to_be): (&EniPlan, bool),
        destination: Ipv4Addr,
    ) -> ReachPath {
        let EniPlan { vpc, address: source, subnet, .. } = *sender;
        let eni = (!is_to_be).then_some(sender.eni);
        let passes = self.network.vpcs.get(&vpc).is_some_and(|vpc| vpc.dns_support);
        let (verdict, text) = match passes {
            true => {
                (Reached::Reached, "no security group and no network ACL keeps anybody from it")
            }
            false => (Reached::Stopped, "it answers nobody, since enableDnsSupport is off"),
        };
        let text = format!("{destination} is the resolver of {vpc}: {text}");
        let hops = Vec::from([Hop { is_reply: false, gate: Gate::Route, passes, text }]);
        let (leaves, mend) = (false, None);
        ReachPath { source, eni, subnet, destination, leaves, verdict, hops, mend }
    }

    /// Who takes packets to an address of a VPC.
    fn receiver(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniPlan> {
        let mut of_vpc = self.network.enis.values().filter(|eni| eni.vpc == vpc);
        let found = of_vpc.find(|eni| eni.address == address)?;
        // What is attached to nothing takes nothing.
        let is_there = !matches!(found.user, EniUser::Customer | EniUser::Released(_));
        is_there.then(|| self.network.eni_plan(found.id, holder(found)))
    }

    /// The gates that the reply meets, from all ports that the connection may be made from.
    fn back(
        &self,
        way: &Way<'_>,
        ports: (u16, u16),
        hops: &mut Vec<Hop>,
    ) -> (Reached, Option<String>) {
        let mut add = |gate, passes, text| hops.push(Hop { is_reply: true, gate, passes, text });
        let known = "security groups know the connection, and let replies pass";
        add(Gate::Connection, true, known.to_string());
        let replies = Replies { way, ports };
        let segments = replies.segments();
        for Segment { ports, crossings, verdict } in &segments {
            let of_ports = match (ports, segments.len()) {
                (Some((first, last)), 2..) => format!(" (to ports {first}-{last})"),
                _ => String::new(),
            };
            for (direction, crossing) in crossings {
                let (gate, way) = match direction {
                    Direction::Egress => (Gate::EgressAcl, "out"),
                    Direction::Ingress => (Gate::IngressAcl, "in"),
                };
                if crossing.allows {
                    let subnet = self.subnet_name(crossing.subnet);
                    let rule = crossing.rule;
                    let text =
                        format!("{rule}, the network ACL of {subnet}, lets it {way}{of_ports}");
                    add(gate, true, text);
                }
            }
            if let Err(reason) = verdict {
                let port = ports.map_or(0, |(first, _)| first);
                let text = self.why(&way.reply_drop(*reason, port), &[], None);
                add(gate(*reason), false, format!("{text}{of_ports}"));
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

/// An ENI that packets are sent by.
struct Sender {
    plan: EniPlan,
    /// Whether it is yet to be made.
    is_to_be: bool,
}

fn holder(eni: &Eni) -> Holder {
    match eni.user {
        // Neither takes connections.
        EniUser::Pair | EniUser::NatGateway(_) => Holder::Shared,
        EniUser::Environment(..) => Holder::Environment,
        EniUser::Resource(_) | EniUser::Customer | EniUser::Released(_) => Holder::Resource,
    }
}
