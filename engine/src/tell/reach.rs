//! Reach in words: what a packet of a new connection meets, and what the reply to it, without either
//! being sent. The verdicts are those of the model that the kernel is held against.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr};

use serde::{Deserialize, Serialize};

use crate::base::id::{EniId, FunctionId, GroupId, ResourceId, SubnetId, Version, VpcId};
use crate::base::spelled;
use crate::engine::Engine;
use crate::network::pair::PairKey;
use crate::network::reach::{Content, Packet, Reach};
use crate::plan::{DropReason, EniPlan, GroupPlan, Holder, VpcPlan};
use crate::record::eni::{Eni, EniUser};
use crate::record::function::EniModel;
use crate::tell::gates::{Towards, Way};
pub use crate::tell::hop::{By, Gate, Hop, Reached};
use crate::tell::words::Teller;

/// An address that stands for the internet: of a block that is for documents, and nobody's.
pub const SOMEBODY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 1);

/// Ports that functions' connections are made from, as AWS has it.
pub(super) const OF_FUNCTIONS: (u16, u16) = (1024, u16::MAX);
/// Ports that a Linux machine's connections are made from.
pub(super) const OF_RESOURCES: (u16, u16) = (32_768, 60_999);
/// Ports that anybody's connections are made from.
pub(super) const OF_OTHERS: (u16, u16) = (1024, u16::MAX);

/// Who begins a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A function, or one of its versions, from each of its subnets.
    Function(FunctionId, Version),
    /// An ENI, be it a resource's or a function's.
    Eni(EniId),
    /// The same by this one of its secondary addresses.
    Secondary(EniId, Ipv4Addr),
    /// An address outside of all VPCs.
    Outside(Ipv4Addr),
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
    /// The ENI is gone.
    NoEni(EniId),
    /// The function is gone.
    NoFunction,
    /// The ENI is of another VPC than who begins: nothing leads from one to the other.
    Elsewhere(EniId, VpcId),
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
    /// Together with what is told of another beginning, or of another address of what was named.
    #[must_use]
    pub fn beside(mut self, other: ReachTold) -> ReachTold {
        if other.from != self.from {
            self.from = format!("{} and {}", self.from, other.from);
        }
        let new = other.paths.into_iter().filter(|path| !self.paths.contains(path));
        let new: Vec<ReachPath> = new.collect();
        self.paths.extend(new);
        self.verdict = Reached::of_all(self.paths.iter().map(|path| path.verdict));
        self
    }

    /// What leaves the VPC does not come to where it is sent, for a reason that is outside: it meets no more
    /// gates, and there is no reply.
    pub fn stop_outside(&mut self, why: &str) {
        for path in self.paths.iter_mut().filter(|path| path.leaves) {
            path.hops.retain(|hop| !hop.is_reply);
            path.hops.push(Hop {
                reason: Some(DropReason::Private),
                ..Hop::closed(false, Gate::Route, why.to_string())
            });
            (path.verdict, path.mend) = (Reached::Stopped, None);
        }
        self.verdict = Reached::of_all(self.paths.iter().map(|path| path.verdict));
    }
}

/// The way from one address, and back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachPath {
    /// From where.
    pub source: IpAddr,
    /// Its ENI; none while the function has none in the subnet, and none outside of VPCs.
    #[serde(with = "spelled::option")]
    pub eni: Option<EniId>,
    /// In which subnet; none outside of VPCs.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "spelled::option")]
    pub subnet: Option<SubnetId>,
    /// To where.
    pub destination: IpAddr,
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

impl Engine {
    /// The VPC that somebody sends from, if it is one.
    pub fn vpc_of(&self, from: Origin) -> Option<VpcId> {
        match self.teller().origin(from).ok()? {
            Begin::Enis(senders) => senders.first().map(|sender| sender.plan.vpc),
            Begin::Outside(_) => None,
        }
    }

    /// Whether somebody sends by IPv6 too.
    pub fn has_ipv6(&self, from: Origin) -> bool {
        match from {
            Origin::Function(id, version) => {
                let function = self.known_function(id);
                let known = function.and_then(|function| function.configuration(version));
                known.is_some_and(|it| it.in_force().vpc.as_ref().is_some_and(|vpc| vpc.ipv6))
            }
            Origin::Eni(id) | Origin::Secondary(id, _) => {
                self.network.enis.get(&id).is_some_and(|eni| !eni.addresses6.is_empty())
            }
            Origin::Outside(_) => false,
        }
    }

    /// Who has an ENI, for people.
    pub fn holder_of(&self, eni: EniId) -> Option<String> {
        self.network.enis.get(&eni).map(|eni| self.teller().holder_name(eni))
    }

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
        let (to, paths) = self.paths(from, to, content)?;
        Ok(self.told(from, to, content, paths))
    }

    /// What was found of ways, in words.
    pub(super) fn told(
        &self,
        from: Origin,
        to: String,
        content: Content,
        paths: Vec<ReachPath>,
    ) -> ReachTold {
        let from = match from {
            Origin::Function(id, Version(0)) => format!("function {}", self.function_name(id)),
            Origin::Function(id, version) => {
                format!("function {}:{}", self.function_name(id), version.0)
            }
            Origin::Eni(id) | Origin::Secondary(id, _) => self.holder_name(&self.network.enis[&id]),
            Origin::Outside(address) => address.to_string(),
        };
        let (protocol, port) = match content {
            Content::Tcp(port) => ("tcp".into(), Some(port)),
            Content::Udp(port) => ("udp".into(), Some(port)),
            Content::Icmp(..) => ("icmp".into(), None),
            Content::Other(number) => (number.to_string(), None),
        };
        let verdict = Reached::of_all(paths.iter().map(|path| path.verdict));
        ReachTold { from, to, protocol, port, verdict, paths }
    }

    /// The ways by IPv4, and the name of where they lead.
    fn paths(
        &self,
        from: Origin,
        to: Target,
        content: Content,
    ) -> Result<(String, Vec<ReachPath>), ReachRefusal> {
        let (destination, name) = match to {
            Target::Address(address) => (address, address.to_string()),
            Target::Eni(id) => {
                let eni = self.network.enis.get(&id).ok_or(ReachRefusal::NoEni(id))?;
                (eni.address, format!("{} ({})", self.holder_name(eni), eni.address))
            }
        };
        let paths = match self.origin(from)? {
            Begin::Outside(source) => {
                let function = match from {
                    Origin::Function(id, _) => Some(id),
                    Origin::Eni(_) | Origin::Secondary(..) | Origin::Outside(_) => None,
                };
                Vec::from([self.path_from_outside((source, function), to, content)])
            }
            Begin::Enis(senders) => {
                if let Target::Eni(id) = to {
                    let vpc = self.network.enis[&id].vpc;
                    // VPCs may have the same addresses, so that another would be meant there; peers have not.
                    if senders.iter().any(|sender| !self.are_near(sender.plan.vpc, vpc)) {
                        return Err(ReachRefusal::Elsewhere(id, vpc));
                    }
                }
                let ports = self.ports(from);
                let path = |sender| self.path(sender, destination, content, ports);
                senders.iter().map(path).collect()
            }
        };
        Ok((name, paths))
    }

    /// The ports that connections are made from.
    pub(super) fn ports(&self, from: Origin) -> (u16, u16) {
        match from {
            Origin::Function(..) => OF_FUNCTIONS,
            Origin::Eni(id) | Origin::Secondary(id, _) => match self.user(id) {
                Some(EniUser::Environment(..) | EniUser::Pair) => OF_FUNCTIONS,
                _ => OF_RESOURCES,
            },
            Origin::Outside(_) => OF_OTHERS,
        }
    }

    fn user(&self, id: EniId) -> Option<&EniUser> {
        self.network.enis.get(&id).map(|eni| &eni.user)
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

    /// The ENIs that packets are sent by, also those to be; or from where outside of VPCs.
    pub(super) fn origin(&self, from: Origin) -> Result<Begin, ReachRefusal> {
        match from {
            Origin::Outside(source) => Ok(Begin::Outside(Some(source))),
            Origin::Eni(id) => {
                let eni = self.network.enis.get(&id).ok_or(ReachRefusal::NoEni(id))?;
                let plan = self.network.eni_plan(id, holder(eni));
                Ok(Begin::Enis(Vec::from([Sender { plan, is_to_be: false }])))
            }
            Origin::Secondary(id, address) => {
                let eni = self.network.enis.get(&id).ok_or(ReachRefusal::NoEni(id))?;
                let plan = EniPlan { address, ..self.network.eni_plan(id, holder(eni)) };
                Ok(Begin::Enis(Vec::from([Sender { plan, is_to_be: false }])))
            }
            Origin::Function(id, version) => {
                let function =
                    self.compute.functions.by_id.get(&id).ok_or(ReachRefusal::NoFunction)?;
                let configuration =
                    function.configuration(version).ok_or(ReachRefusal::NoFunction)?;
                let vpc = configuration.in_force().vpc.as_ref();
                let Some(config) = vpc.filter(|config| !config.subnets.is_empty()) else {
                    return Ok(Begin::Outside(None));
                };
                let model = self.compute.eni_model(&function.tags);
                let sender = |subnet: &SubnetId| self.sender((id, model), *subnet, &config.groups);
                Ok(Begin::Enis(config.subnets.iter().filter_map(sender).collect()))
            }
        }
    }

    /// The ENI by which a function sends from a subnet; where it has none there, one of the subnet's
    /// first address.
    pub(super) fn sender(
        &self,
        (function, model): (FunctionId, EniModel),
        subnet: SubnetId,
        groups: &BTreeSet<GroupId>,
    ) -> Option<Sender> {
        let known = match model {
            EniModel::Hyperplane => {
                // By IPv4 those with IPv6 and those without have the same ways: the one that the function
                // shares, or else the one that it would share.
                let known = self.compute.functions.by_id.get(&function);
                let vpc = known
                    .and_then(|known| known.configuration(Version(0))?.in_force().vpc.as_ref());
                let own = vpc.is_some_and(|config| config.ipv6);
                let mut pairs = [own, !own].into_iter().filter_map(|ipv6| {
                    let key = PairKey { subnet, groups: groups.clone(), ipv6 };
                    self.network.pairs.by_key.get(&key)?.enis.first()
                });
                pairs.next().map(|shared| shared.eni)
            }
            EniModel::Classic => {
                let mut held = self.network.holders(subnet).filter_map(|(_, eni)| {
                    self.network.enis.get(&eni).filter(|eni| eni.groups == *groups)
                });
                let is_its =
                    |eni: &&Eni| matches!(eni.user, EniUser::Environment(_, of) if of == function);
                held.find(is_its).map(|eni| eni.id)
            }
        };
        if let Some(eni) = known.and_then(|id| self.network.enis.get(&id)) {
            let plan = self.network.eni_plan(eni.id, holder(eni));
            return Some(Sender { plan, is_to_be: false });
        }
        let subnet = self.network.subnets.get(&subnet)?;
        let plan = EniPlan {
            addresses6: Vec::new(),
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

    pub(super) fn path(
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
        let of = |plan: &VpcPlan| groups_of(plan, ends.clone());
        let groups = (of(vpc), beyond.map(of).unwrap_or_default());
        let own = |plan: &VpcPlan| -> BTreeMap<EniId, EniPlan> {
            // One that is to be is no member of its groups yet.
            let is_there = |eni: &&EniPlan| eni.vpc == plan.vpc || eni.eni == sender.eni;
            ends.clone().filter(is_there).map(|eni| (eni.eni, eni.clone())).collect()
        };
        let enis = (own(vpc), beyond.map(own).unwrap_or_default());
        let reach = Reach { vpc, groups: &groups.0, enis: &enis.0 };
        let beyond = beyond.map(|vpc| Reach { vpc, groups: &groups.1, enis: &enis.1 });
        let packet = Packet { sender: sender.eni, destination, content };
        let (is_to_be, receiver) = (*is_to_be, receiver.as_ref());
        let (beyond, vpc) = (beyond.as_ref(), sender.vpc);
        let way = Way { reach: &reach, beyond, vpc, sender, is_to_be, receiver, packet };
        let mut hops = Vec::new();
        let verdict = self.there(&way, &mut hops);
        let published = if receiver.is_none() { self.published(destination) } else { None };
        let (verdict, mend) = match (verdict, published) {
            (Err(reason), _) => {
                let mend = self.mend(&way, reason, None).filter(|_| middlebox.is_none());
                (Reached::Stopped, mend)
            }
            (Ok(()), None) => self.back(&way, ports, &mut hops),
            (Ok(()), Some(eni)) => {
                let last = way.last();
                let exit = way.reach.leaves(last, sender.address, &packet);
                let exit = exit.expect("it was seen to leave");
                let source = exit.public().unwrap_or(sender.address);
                match self.arrive((source, eni), content, ports, &mut hops) {
                    (Reached::Stopped, mend) => (Reached::Stopped, mend),
                    (there, mend) => {
                        let (back, also) = self.back(&way, ports, &mut hops);
                        (there.and(back), mend.or(also))
                    }
                }
            }
        };
        let eni = (!is_to_be).then_some(sender.eni);
        let (source, subnet) = (sender.address.into(), Some(sender.subnet));
        let destination = destination.into();
        let leaves = verdict != Reached::Stopped && receiver.is_none() && published.is_none();
        ReachPath { source, eni, subnet, destination, leaves, verdict, hops, mend }
    }

    /// To the resolver of the VPC, which is near everybody.
    fn path_to_resolver(
        &self,
        (sender, is_to_be): (&EniPlan, bool),
        destination: Ipv4Addr,
    ) -> ReachPath {
        let EniPlan { vpc, address, subnet, .. } = *sender;
        let eni = (!is_to_be).then_some(sender.eni);
        let passes = self.network.vpcs.get(&vpc).is_some_and(|vpc| vpc.dns_support);
        let (verdict, text) = match passes {
            true => {
                (Reached::Reached, "no security group and no network ACL keeps anybody from it")
            }
            false => (Reached::Stopped, "it answers nobody, since enableDnsSupport is off"),
        };
        let text = format!("{destination} is the resolver of {vpc}: {text}");
        let hop = Hop::open(false, Gate::Route, text, None);
        let hops = Vec::from([Hop { passes, ..hop }]);
        let (leaves, mend, subnet) = (false, None, Some(subnet));
        let (source, destination) = (address.into(), destination.into());
        ReachPath { source, eni, subnet, destination, leaves, verdict, hops, mend }
    }

    /// Who takes packets to an address of a VPC.
    pub(super) fn receiver(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniPlan> {
        let found = &self.network.enis[&self.network.holder(vpc, address)?];
        // What is attached to nothing takes nothing.
        let is_there = !matches!(found.user, EniUser::Customer | EniUser::Released(_));
        is_there.then(|| self.network.eni_plan(found.id, holder(found)))
    }
}

/// The security groups of ENIs.
pub(super) fn groups_of<'a>(
    vpc: &VpcPlan,
    enis: impl Iterator<Item = &'a EniPlan>,
) -> BTreeMap<GroupId, GroupPlan> {
    let groups = enis.flat_map(|eni| &eni.groups);
    groups.filter_map(|id| Some((*id, GroupPlan::clone(vpc.groups.get(id)?)))).collect()
}

/// Where packets begin.
pub(super) enum Begin {
    /// At these ENIs.
    Enis(Vec<Sender>),
    /// Outside of all VPCs: at this address, or where functions without a VPC are.
    Outside(Option<Ipv4Addr>),
}

/// An ENI that packets are sent by.
#[derive(Clone)]
pub(super) struct Sender {
    pub(super) plan: EniPlan,
    /// Whether it is yet to be made.
    pub(super) is_to_be: bool,
}

pub(super) fn holder(eni: &Eni) -> Holder {
    match eni.user {
        // Neither takes connections.
        EniUser::Pair | EniUser::NatGateway(_) => Holder::Shared,
        EniUser::Environment(..) => Holder::Environment,
        EniUser::Resource(_) | EniUser::Customer | EniUser::Released(_) => Holder::Resource,
    }
}
