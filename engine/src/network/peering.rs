//! Peering connections: two VPCs whose addresses reach each other by routes on both sides.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::id::{EniId, GroupId, Missing, PeeringId, VpcId};
use crate::base::limits::{
    PEERING_SHOWN, PEERING_WAITS, PEERINGS_GONE, PEERINGS_PENDING, PEERS_PER_VPC,
};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::plan::{PeerPlan, VpcPlan};
use crate::record::eni::Eni;
use crate::record::group::Peer;
use crate::record::peering::{Peering, PeeringState};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `CreateVpcPeeringConnection`; answered with the connection, which may have failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// Who asks.
    pub scope: Scope,
    /// Whose VPC.
    pub vpc: VpcId,
    /// Who is to accept.
    pub accepter_scope: Scope,
    /// With which VPC.
    pub accepter: VpcId,
    /// Tags to begin with.
    pub tags: Tags,
}

/// What one of the two ends does with a connection; answered with that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decide {
    /// Who.
    pub scope: Scope,
    /// With which one.
    pub peering: PeeringId,
    /// What.
    pub deed: Deed,
}

/// What may be done with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// `AcceptVpcPeeringConnection`.
    Accept,
    /// `RejectVpcPeeringConnection`.
    Reject,
    /// `DeleteVpcPeeringConnection`.
    Delete,
    /// `ModifyVpcPeeringConnectionOptions`: whether names of the requester's, and of the accepter's VPC
    /// are resolved to private addresses from the other one; nothing stays as it is.
    Options(Option<bool>, Option<bool>),
}

/// Why a question about peering connections is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such VPC.
    NoVpc(VpcId),
    /// The scope has no such connection.
    NoPeering(PeeringId),
    /// The two VPCs have a connection already.
    Exists(PeeringId),
    /// As many wait to be accepted as may.
    TooManyPending,
    /// The VPC has as many as it may.
    TooMany(VpcId),
    /// It is the other end's to accept or to reject.
    OfTheOther(PeeringId),
    /// It cannot come to be so from the state that it is in.
    Transition(PeeringId, PeeringState, Deed),
    /// An option is of the end that is another account's.
    OptionOfTheOther(PeeringId),
}

impl From<Missing<VpcId>> for Refusal {
    fn from(Missing(id): Missing<VpcId>) -> Refusal {
        Refusal::NoVpc(id)
    }
}

impl Peering {
    /// The other VPC than one of the two.
    pub fn other(&self, vpc: VpcId) -> Option<VpcId> {
        match (self.requester == vpc, self.accepter == vpc) {
            (true, _) => Some(self.accepter),
            (_, true) => Some(self.requester),
            _ => None,
        }
    }

    /// Whether it is somebody's: either end's.
    pub fn is_of(&self, scope: &Scope) -> bool {
        self.scope == *scope || self.accepter_scope == *scope
    }

    /// Whether it is in force.
    pub fn is_active(&self) -> bool {
        self.state == PeeringState::Active
    }

    /// Since when it is gone, if it is.
    pub fn gone(&self) -> Option<Time> {
        match self.state {
            PeeringState::Pending | PeeringState::Active => None,
            PeeringState::Failed(at)
            | PeeringState::Rejected(at)
            | PeeringState::Expired(at)
            | PeeringState::Deleted(at, _) => Some(at),
        }
    }

    /// Until when it may be accepted.
    pub fn expires(&self) -> Time {
        self.created + PEERING_WAITS
    }
}

impl Ask for Create {
    type Answer = Peering;
    type Refusal = Refusal;
    /// The question, and whether it can only fail.
    type Granted = (Create, bool);

    fn check(self, engine: &Engine) -> Result<(Create, bool), Refusal> {
        let network = &engine.network;
        network.vpc(&self.scope, self.vpc)?;
        if self.accepter_scope == self.scope {
            network.vpc(&self.scope, self.accepter)?;
        }
        let both = |it: &&Peering| it.other(self.vpc) == Some(self.accepter) && it.gone().is_none();
        if let Some(known) = network.peerings.values().find(both) {
            return Err(Refusal::Exists(known.id));
        }
        let own = network.peerings.values().filter(|it| it.scope == self.scope);
        let pending = own.filter(|it| it.state == PeeringState::Pending).count();
        if pending >= PEERINGS_PENDING {
            return Err(Refusal::TooManyPending);
        }
        let fails = network.vpc(&self.accepter_scope, self.accepter).is_err()
            || network.overlap(self.vpc, self.accepter);
        Ok((self, fails))
    }

    fn apply(
        (granted, fails): (Create, bool),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Peering {
        let (network, mut cx) = engine.network_cx(now, out);
        let Create { scope, vpc, accepter_scope, accepter, tags } = granted;
        let peering = Peering {
            id: fresh(cx.random, &network.peerings, PeeringId),
            scope,
            requester: vpc,
            accepter_scope,
            accepter,
            state: if fails { PeeringState::Failed(now) } else { PeeringState::Pending },
            dns: (false, false),
            created: now,
            tags,
        };
        network.put_peering(&mut cx, peering.clone());
        peering
    }
}

impl Ask for Decide {
    type Answer = Peering;
    type Refusal = Refusal;
    /// The connection as it comes to be.
    type Granted = (PeeringId, Scope, Deed);

    fn check(self, engine: &Engine) -> Result<(PeeringId, Scope, Deed), Refusal> {
        let Decide { scope, peering: id, deed } = self;
        let network = &engine.network;
        let peering = network.peering(&scope, id).ok_or(Refusal::NoPeering(id))?;
        let transition = Err(Refusal::Transition(id, peering.state, deed));
        match (deed, peering.state) {
            (Deed::Accept | Deed::Reject, _) if peering.accepter_scope != scope => {
                return Err(Refusal::OfTheOther(id));
            }
            (Deed::Accept, PeeringState::Pending) => {
                if network.overlap(peering.requester, peering.accepter) {
                    return transition;
                }
                for vpc in [peering.requester, peering.accepter] {
                    let all = network.peerings.values().filter(|it| it.other(vpc).is_some());
                    if all.filter(|it| it.is_active()).count() >= PEERS_PER_VPC {
                        return Err(Refusal::TooMany(vpc));
                    }
                }
            }
            (Deed::Reject | Deed::Delete, PeeringState::Pending)
            | (Deed::Delete, PeeringState::Active) => {}
            (Deed::Options(requester, accepter), PeeringState::Active) => {
                let is_others = requester.is_some() && peering.scope != scope
                    || accepter.is_some() && peering.accepter_scope != scope;
                if is_others {
                    return Err(Refusal::OptionOfTheOther(id));
                }
            }
            _ => return transition,
        }
        Ok((id, scope, deed))
    }

    fn apply(
        (id, scope, deed): (PeeringId, Scope, Deed),
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Peering {
        let (network, mut cx) = engine.network_cx(now, out);
        let mut peering = network.peerings[&id].clone();
        match deed {
            Deed::Accept => peering.state = PeeringState::Active,
            Deed::Reject => peering.state = PeeringState::Rejected(now),
            Deed::Delete => peering.state = PeeringState::Deleted(now, scope.account),
            Deed::Options(requester, accepter) => {
                let (of_requester, of_accepter) = &mut peering.dns;
                *of_requester = requester.unwrap_or(*of_requester);
                *of_accepter = accepter.unwrap_or(*of_accepter);
            }
        }
        network.put_peering(&mut cx, peering.clone());
        peering
    }
}

impl Engine {
    /// The peering connections of a scope, asked for by it or to be accepted by it.
    pub fn peerings<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Peering> {
        self.network.peerings.values().filter(move |it| it.is_of(scope))
    }

    /// A VPC, whosever it is, and how a group there is seen from another VPC: by which connection.
    pub fn group_beyond(
        &self,
        vpc: VpcId,
        group: GroupId,
    ) -> Option<(&Scope, VpcId, Option<&Peering>)> {
        let group = self.network.groups.get(&group).filter(|group| group.vpc != vpc)?;
        let between = |it: &&Peering| it.other(vpc) == Some(group.vpc);
        let all = || self.network.peerings.values().filter(between);
        let by = all().find(|it| it.is_active()).or_else(|| all().next_back());
        Some((&group.scope, group.vpc, by))
    }

    /// Whose a group is, and of which VPC.
    pub fn home_of(&self, group: GroupId) -> Option<(&Scope, VpcId)> {
        self.network.groups.get(&group).map(|group| (&group.scope, group.vpc))
    }

    /// A VPC, whosever it is.
    pub fn any_vpc(&self, id: VpcId) -> Option<&Vpc> {
        self.network.vpcs.get(&id)
    }

    /// The rules of a scope's groups in a VPC that name groups of others that they do not reach any more.
    pub fn is_stale(&self, vpc: VpcId, group: GroupId) -> bool {
        match self.network.groups.get(&group) {
            None => true,
            Some(named) => named.vpc != vpc && !self.network.are_peers(vpc, named.vpc),
        }
    }

    /// The groups of peers whose rules name a group: their VPCs, and by which connections.
    pub fn references(&self, group: GroupId) -> BTreeSet<(VpcId, PeeringId)> {
        let Some(named) = self.network.groups.get(&group) else { return BTreeSet::new() };
        let names = |vpc: VpcId| self.network.named_beyond(vpc, named.vpc).contains(&group);
        let peerings = self.network.peerings.values().filter(|it| it.is_active());
        peerings
            .filter_map(|it| Some((it.other(named.vpc)?, it.id)))
            .filter(|(vpc, _)| names(*vpc))
            .collect()
    }
}

/// Groups with the addresses of the ENIs that carry them.
type Members = BTreeMap<GroupId, BTreeSet<Ipv4Addr>>;

impl Network {
    /// A connection that is a scope's, from either end.
    pub(crate) fn peering(&self, scope: &Scope, id: PeeringId) -> Option<&Peering> {
        self.peerings.get(&id).filter(|it| it.is_of(scope))
    }

    /// Whether two VPCs have an active connection.
    pub(crate) fn are_peers(&self, one: VpcId, other: VpcId) -> bool {
        self.peerings.values().any(|it| it.is_active() && it.other(one) == Some(other))
    }

    fn overlap(&self, one: VpcId, other: VpcId) -> bool {
        match (self.vpcs.get(&one), self.vpcs.get(&other)) {
            (Some(one), Some(other)) => {
                self.cidrs_of(one).any(|own| self.cidrs_of(other).any(|it| it.overlaps(own)))
            }
            _ => true,
        }
    }

    /// Whether rules of a VPC's groups may name a group: one of the VPC's, or of a peer's.
    pub(crate) fn may_name(&self, scope: &Scope, vpc: VpcId, named: GroupId) -> bool {
        self.groups.get(&named).is_some_and(|group| match group.vpc == vpc {
            true => group.scope == *scope,
            false => group.scope.region == scope.region && self.are_peers(vpc, group.vpc),
        })
    }

    fn put_peering(&mut self, cx: &mut Cx<'_>, peering: Peering) {
        let before = self.peerings.insert(peering.id, peering.clone());
        let was_active = before.is_some_and(|before| before.is_active());
        if was_active != peering.is_active() {
            for vpc in [peering.requester, peering.accepter] {
                self.replan_all(cx, vpc);
            }
        }
        let mut changes = Vec::from([put(&peering)]);
        if peering.gone().is_some() {
            self.forget_oldest(cx, &peering.scope, &mut changes);
        }
        self.watch_peering(cx, &peering);
        cx.persist(changes);
    }

    /// When something becomes of a connection by itself.
    fn watch_peering(&self, cx: &mut Cx<'_>, peering: &Peering) {
        let timer = Timer::Peering(peering.id);
        match peering.state {
            PeeringState::Active => cx.timers.cancel(timer),
            PeeringState::Pending => cx.timers.set(timer, peering.expires()),
            PeeringState::Failed(at)
            | PeeringState::Rejected(at)
            | PeeringState::Expired(at)
            | PeeringState::Deleted(at, _) => cx.timers.set(timer, at + PEERING_SHOWN),
        }
    }

    /// After a restart.
    pub(crate) fn watch_peerings(&self, cx: &mut Cx<'_>) {
        self.peerings.values().for_each(|peering| self.watch_peering(cx, peering));
    }

    /// Of those that are gone only so many of a scope are shown.
    fn forget_oldest(&mut self, cx: &mut Cx<'_>, scope: &Scope, changes: &mut Vec<Change>) {
        let own = self.peerings.values().filter(|it| it.scope == *scope);
        let mut gone: Vec<_> = own.filter_map(|it| Some((it.gone()?, it.id))).collect();
        gone.sort_unstable();
        let beyond = gone.len().saturating_sub(PEERINGS_GONE);
        for (_, oldest) in gone.into_iter().take(beyond) {
            self.peerings.remove(&oldest);
            cx.timers.cancel(Timer::Peering(oldest));
            changes.push(Change::Delete(Key::Peering(oldest)));
        }
    }

    /// One that nobody accepted expires, and one that is gone is shown no longer.
    pub(crate) fn peering_is_due(&mut self, cx: &mut Cx<'_>, id: PeeringId) {
        let Some(peering) = self.peerings.get(&id) else { return };
        match peering.state {
            PeeringState::Active => {}
            PeeringState::Pending => {
                let state = PeeringState::Expired(cx.now);
                self.put_peering(cx, Peering { state, ..peering.clone() });
            }
            _ => {
                self.peerings.remove(&id);
                cx.persist(Vec::from([Change::Delete(Key::Peering(id))]));
            }
        }
    }

    /// The groups of another VPC that rules of a VPC's groups name.
    fn named_beyond(&self, vpc: VpcId, other: VpcId) -> BTreeSet<GroupId> {
        let own = self.groups.values().filter(|group| group.vpc == vpc);
        let rules = own.flat_map(|group| group.rules.values());
        let named = rules.filter_map(|rule| match rule.spec.peer {
            Peer::Group(group) => Some(group),
            Peer::Cidr(_) | Peer::Cidr6(_) | Peer::List(_) => None,
        });
        let is_of_other =
            |group: &GroupId| self.groups.get(group).is_some_and(|group| group.vpc == other);
        named.filter(is_of_other).collect()
    }

    /// The peers of a VPC, as a node is to have them.
    fn planned_peers(&self, vpc: VpcId) -> BTreeMap<PeeringId, PeerPlan> {
        let active = self.peerings.values().filter(|it| it.is_active());
        let peers = active.filter_map(|it| {
            let other = it.other(vpc)?;
            let members = self.members_of(other, self.named_beyond(vpc, other));
            let cidrs = self.cidrs_of(&self.vpcs[&other]).collect();
            Some((it.id, PeerPlan { peering: it.id, vpc: other, cidrs, members }))
        });
        peers.collect()
    }

    /// The addresses of the ENIs of a VPC that carry each of these groups.
    fn members_of(&self, vpc: VpcId, named: BTreeSet<GroupId>) -> Members {
        let mut members: Members =
            named.into_iter().map(|group| (group, BTreeSet::new())).collect();
        if members.is_empty() {
            return members;
        }
        for eni in self.enis.values().filter(|eni| eni.vpc == vpc) {
            for group in &eni.groups {
                if let Some(members) = members.get_mut(group) {
                    members.insert(eni.address);
                    members.extend(self.secondaries_of(eni.id));
                }
            }
        }
        members
    }

    /// Has the plan of a VPC say what its peers are by now.
    pub(crate) fn refresh_peers(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let peers = self.planned_peers(vpc);
        if self.planned(vpc).peers != peers {
            self.replan(cx, vpc, |plan| plan.peers = peers);
        }
    }

    /// Who carries groups of a VPC has changed: rules of its peers may name them.
    pub(crate) fn members_changed(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        for (peering, peer) in self.naming_peers(vpc) {
            let named = self.planned(peer).peers[&peering].members.keys().copied();
            let named = named.filter(|group| self.groups.contains_key(group)).collect();
            let members = self.members_of(vpc, named);
            self.put_members(cx, (peering, peer), members);
        }
    }

    /// An ENI was made, by whose address rules of peers may let its groups in.
    pub(crate) fn eni_comes(&mut self, cx: &mut Cx<'_>, id: EniId) {
        let eni = &self.enis[&id];
        let (vpc, groups) = (eni.vpc, eni.groups.clone());
        let secondaries = self.secondaries_of(id).iter().copied();
        let addresses: Vec<Ipv4Addr> = core::iter::once(eni.address).chain(secondaries).collect();
        self.member_changes(cx, vpc, &groups, |members| members.extend(&addresses));
    }

    /// An ENI is gone: by its addresses rules of peers let nobody in any more.
    pub(crate) fn eni_goes(&mut self, cx: &mut Cx<'_>, eni: &Eni, secondaries: &[Ipv4Addr]) {
        let is_kept =
            |address: &Ipv4Addr| *address != eni.address && !secondaries.contains(address);
        self.member_changes(cx, eni.vpc, &eni.groups, |members| members.retain(is_kept));
    }

    /// Changes the members of groups of a VPC, of those that rules of its peers name. However many ENIs there
    /// are, none is looked at.
    fn member_changes(
        &mut self,
        cx: &mut Cx<'_>,
        vpc: VpcId,
        groups: &BTreeSet<GroupId>,
        change: impl Fn(&mut BTreeSet<Ipv4Addr>),
    ) {
        for (peering, peer) in self.naming_peers(vpc) {
            let mut members = self.planned(peer).peers[&peering].members.clone();
            for (_, members) in members.iter_mut().filter(|(group, _)| groups.contains(group)) {
                change(members);
            }
            self.put_members(cx, (peering, peer), members);
        }
    }

    /// The peers of a VPC whose rules name groups of it, by the connections.
    fn naming_peers(&self, vpc: VpcId) -> Vec<(PeeringId, VpcId)> {
        let peers = self.planned(vpc).peers.values().filter(|peer| {
            let seen = self.planned(peer.vpc).peers.get(&peer.peering);
            seen.is_some_and(|seen| !seen.members.is_empty())
        });
        peers.map(|peer| (peer.peering, peer.vpc)).collect()
    }

    /// Has the plan of a VPC say who the members of groups at the other end of a connection are.
    fn put_members(
        &mut self,
        cx: &mut Cx<'_>,
        (peering, vpc): (PeeringId, VpcId),
        members: Members,
    ) {
        if self.planned(vpc).peers[&peering].members != members {
            self.replan(cx, vpc, |plan| {
                let peer = plan.peers.get_mut(&peering).expect("it was just there");
                peer.members = members;
            });
        }
    }
}

fn put(peering: &Peering) -> Change {
    Change::Put(Box::new(Record::Peering(peering.clone())))
}

impl Part for Peering {
    fn keeps_vpc(network: &Network, vpc: &Vpc) -> bool {
        let mut all = network.peerings.values().filter(|it| it.gone().is_none());
        all.any(|it| it.other(vpc.id).is_some())
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        plan.peers = network.planned_peers(vpc.id);
    }

    fn check(network: &Network) {
        for peering in network.peerings.values().filter(|it| it.gone().is_none()) {
            for vpc in [peering.requester, peering.accepter] {
                assert!(network.vpcs.contains_key(&vpc), "{} and {vpc}", peering.id);
            }
        }
    }
}
