//! Public addresses: allocated from the installation's block, and given to ENIs.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{AddressAssociationId, AllocationId, EniId, Missing, VpcId};
use crate::base::random::fresh;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::noun::Part;
use crate::network::service;
use crate::plan::{PublicPlan, VpcPlan};
use crate::record::elastic_ip::{Association, ElasticIp};
use crate::record::eni::{Eni, EniUser};
use crate::record::vpc::Vpc;
use crate::record::{Change, Key, Record};

/// `AllocateAddress`; answered with the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocate {
    /// The owner.
    pub scope: Scope,
    /// Tags to begin with.
    pub tags: Tags,
}

/// `ReleaseAddress`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The owner.
    pub scope: Scope,
    /// Which one.
    pub allocation: AllocationId,
}

/// `AssociateAddress`; answered with the association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Associate {
    /// The owner.
    pub scope: Scope,
    /// Which address.
    pub allocation: AllocationId,
    /// With which ENI.
    pub eni: EniId,
    /// With which of its private addresses, if that is said.
    pub private: Option<Ipv4Addr>,
    /// Whether it may be taken from another ENI, and the ENI's other address from that.
    pub reassociates: bool,
}

/// `DisassociateAddress`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disassociate {
    /// The owner.
    pub scope: Scope,
    /// Which association.
    pub association: AddressAssociationId,
}

/// Why a question about public addresses is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such address.
    NoAddress(AllocationId),
    /// The scope has no such ENI.
    NoEni(EniId),
    /// The scope has no such association.
    NoAssociation(AddressAssociationId),
    /// The scope has as many addresses as it may.
    TooMany,
    /// Every address of the installation's block is taken.
    NoneFree,
    /// The address is associated.
    InUse(Ipv4Addr),
    /// The address is associated with another ENI.
    Associated(AllocationId, AddressAssociationId),
    /// The ENI has another address.
    HasOne(EniId, AddressAssociationId),
    /// The private address is none of the ENI's.
    NotOfEni(Ipv4Addr, EniId),
    /// No internet gateway is attached to the ENI's VPC.
    NoGateway(VpcId),
    /// The ENI is a NAT gateway's.
    Managed(EniId),
}

impl From<Missing<AllocationId>> for Refusal {
    fn from(Missing(id): Missing<AllocationId>) -> Refusal {
        Refusal::NoAddress(id)
    }
}

impl From<Missing<EniId>> for Refusal {
    fn from(Missing(id): Missing<EniId>) -> Refusal {
        Refusal::NoEni(id)
    }
}

impl Ask for Allocate {
    type Answer = ElasticIp;
    type Refusal = Refusal;
    type Granted = Allocate;

    fn check(self, engine: &Engine) -> Result<Allocate, Refusal> {
        let (network, limits) = (&engine.network, &engine.config.limits);
        let own = network.elastic_ips.values().filter(|ip| ip.scope == self.scope);
        let count = own.filter(|ip| !ip.automatic).count();
        if count >= limits.addresses_per_scope as usize {
            return Err(Refusal::TooMany);
        }
        match network.has_public_address_free(limits.public_addresses) {
            true => Ok(self),
            false => Err(Refusal::NoneFree),
        }
    }

    fn apply(
        granted: Allocate,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> ElasticIp {
        let (network, mut cx) = engine.network_cx(now, out);
        let Allocate { scope, tags } = granted;
        let ip = network.add_address(&mut cx, scope, tags, None);
        cx.persist(Vec::from([put(&ip)]));
        ip
    }
}

impl Ask for Release {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = AllocationId;

    fn check(self, engine: &Engine) -> Result<AllocationId, Refusal> {
        let ip = engine.network.allocated(&self.scope, self.allocation)?;
        match ip.association {
            Some(_) => Err(Refusal::InUse(ip.address)),
            None => Ok(ip.id),
        }
    }

    fn apply(granted: AllocationId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.elastic_ips.remove(&granted).expect("it was found");
        cx.persist(Vec::from([Change::Delete(Key::ElasticIp(granted))]));
    }
}

impl Ask for Associate {
    type Answer = AddressAssociationId;
    type Refusal = Refusal;
    type Granted = Associate;

    fn check(self, engine: &Engine) -> Result<Associate, Refusal> {
        let network = &engine.network;
        let ip = network.allocated(&self.scope, self.allocation)?;
        let eni = network.eni(&self.scope, self.eni)?;
        if matches!(eni.user, EniUser::NatGateway(_)) || engine.is_of_endpoint(eni) {
            return Err(Refusal::Managed(eni.id));
        }
        let secondary = self.private.filter(|private| *private != eni.address);
        if let Some(private) = secondary
            && !network.secondaries_of(eni.id).contains(&private)
        {
            return Err(Refusal::NotOfEni(private, eni.id));
        }
        if network.gateway_of(eni.vpc).is_none() {
            return Err(Refusal::NoGateway(eni.vpc));
        }
        let is_new = |held: &Association| (held.eni, held.secondary) != (eni.id, secondary);
        if let Some(held) = ip.association.filter(is_new) {
            if network.is_of_nat(held.eni) {
                return Err(Refusal::Managed(held.eni));
            }
            if !self.reassociates {
                return Err(Refusal::Associated(ip.id, held.id));
            }
        }
        let other = network.public_at(eni.id, secondary);
        let other = other.filter(|other| other.id != ip.id && !other.automatic);
        let other = other.and_then(|other| other.association);
        match other.filter(|_| !self.reassociates) {
            Some(other) => Err(Refusal::HasOne(eni.id, other.id)),
            None => Ok(self),
        }
    }

    fn apply(
        granted: Associate,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> AddressAssociationId {
        let (network, mut cx) = engine.network_cx(now, out);
        let mut changes = Vec::new();
        let Associate { allocation, eni, private, .. } = granted;
        let primary = network.enis[&eni].address;
        let with = (eni, private.filter(|private| *private != primary));
        let association = network.associate_address(&mut cx, allocation, with, &mut changes);
        cx.persist(changes);
        association
    }
}

impl Ask for Disassociate {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = AllocationId;

    fn check(self, engine: &Engine) -> Result<AllocationId, Refusal> {
        let network = &engine.network;
        let mut own = network.elastic_ips.values().filter(|ip| ip.scope == self.scope);
        let is_it =
            |ip: &&ElasticIp| ip.association.is_some_and(|held| held.id == self.association);
        let ip = own.find(is_it).ok_or(Refusal::NoAssociation(self.association))?;
        let eni = ip.association.expect("it was found by that").eni;
        if network.is_of_nat(eni) { Err(Refusal::Managed(eni)) } else { Ok(ip.id) }
    }

    fn apply(granted: AllocationId, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let eni = network.elastic_ips[&granted].association.expect("it was found by that").eni;
        let change = network.loosen(granted);
        let vpc = network.enis[&eni].vpc;
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([change]));
    }
}

impl Engine {
    /// The public address of an ENI, if it has one.
    pub fn public_of(&self, eni: EniId) -> Option<&ElasticIp> {
        self.network.public_of(eni)
    }

    /// The public addresses of an ENI, of all its private ones.
    pub fn publics_of<'a>(&'a self, eni: &Eni) -> impl Iterator<Item = &'a ElasticIp> {
        let id = eni.id;
        let all = self.network.elastic_ips.values();
        all.filter(move |ip| ip.association.is_some_and(|held| held.eni == id))
    }

    /// Whether an address is one of the installation's that somebody's ENI has.
    pub fn is_public_address(&self, address: Ipv4Addr) -> bool {
        let mut all = self.network.elastic_ips.values();
        all.any(|ip| ip.address == address && ip.association.is_some())
    }

    /// The public addresses that ENIs of a scope have.
    pub fn associated<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a ElasticIp> {
        let all = self.network.elastic_ips.values();
        all.filter(move |ip| ip.scope == *scope && ip.association.is_some())
    }
}

impl Network {
    /// An address that somebody allocated.
    pub(crate) fn allocated(
        &self,
        scope: &Scope,
        id: AllocationId,
    ) -> Result<&ElasticIp, Missing<AllocationId>> {
        let ip = self.find::<ElasticIp>(scope, id)?;
        if ip.automatic { Err(Missing(id)) } else { Ok(ip) }
    }

    /// The public address of an ENI: of its primary private address.
    pub(crate) fn public_of(&self, eni: EniId) -> Option<&ElasticIp> {
        self.public_at(eni, None)
    }

    /// The public address of an ENI's primary private address, or of a secondary one.
    pub(crate) fn public_at(&self, eni: EniId, secondary: Option<Ipv4Addr>) -> Option<&ElasticIp> {
        let is_it = |held: Association| (held.eni, held.secondary) == (eni, secondary);
        self.elastic_ips.values().find(|ip| ip.association.is_some_and(is_it))
    }

    /// The ENI that has a public address, and by which of its private addresses.
    pub(crate) fn published(&self, ip: &ElasticIp) -> Option<(&Eni, Ipv4Addr)> {
        let held = ip.association?;
        let eni = self.enis.get(&held.eni)?;
        Some((eni, held.secondary.unwrap_or(eni.address)))
    }

    /// Takes the public addresses from secondary addresses that an ENI has no longer, or has them
    /// move with those to another one.
    pub(crate) fn move_publics(
        &mut self,
        from: EniId,
        gone: &BTreeSet<Ipv4Addr>,
        to: Option<EniId>,
        changes: &mut Vec<Change>,
    ) -> bool {
        let is_gone = |ip: &&mut ElasticIp| {
            ip.association.is_some_and(|held| {
                held.eni == from && held.secondary.is_some_and(|private| gone.contains(&private))
            })
        };
        let before = changes.len();
        for ip in self.elastic_ips.values_mut().filter(is_gone) {
            ip.association = ip.association.and_then(|held| Some(Association { eni: to?, ..held }));
            changes.push(put(ip));
        }
        changes.len() > before
    }

    fn is_of_nat(&self, eni: EniId) -> bool {
        self.enis.get(&eni).is_some_and(|eni| matches!(eni.user, EniUser::NatGateway(_)))
    }

    /// Whether something in a VPC has a public address.
    pub(crate) fn has_public_addresses(&self, vpc: VpcId) -> bool {
        let mut held = self.elastic_ips.values().filter_map(|ip| ip.association);
        held.any(|held| self.enis.get(&held.eni).is_some_and(|eni| eni.vpc == vpc))
    }

    /// Whether an address of the installation's block is free.
    pub(crate) fn has_public_address_free(&self, block: Cidr) -> bool {
        let services = service::reserved(block);
        let is_given =
            |at: Ipv4Addr| block.contains(at) && !services.is_some_and(|own| own.contains(at));
        let taken = self.elastic_ips.values().filter(|ip| is_given(ip.address)).count();
        (taken as u64) < block.size() - services.map_or(0, Cidr::size)
    }

    /// Takes an address that is free, which it was seen that there is; it is not stored yet.
    pub(crate) fn add_address(
        &mut self,
        cx: &mut Cx<'_>,
        scope: Scope,
        tags: Tags,
        automatic_of: Option<EniId>,
    ) -> ElasticIp {
        let block = cx.limits.public_addresses;
        let taken: BTreeSet<Ipv4Addr> = self.elastic_ips.values().map(|ip| ip.address).collect();
        // From anywhere in the block: two installations on a host seldom meet, and who gets an
        // address is seldom taken for whoever had it before.
        let from = cx.random.draw() % block.size();
        let offsets = (0..block.size()).map(|step| (from + step) % block.size());
        let services = service::reserved(block);
        let is_free = |address: &Ipv4Addr| {
            !taken.contains(address) && !services.is_some_and(|own| own.contains(*address))
        };
        let mut addresses = offsets.filter_map(|offset| block.nth(offset));
        let address = addresses.find(is_free).expect("one was free");
        let id = fresh(cx.random, &self.elastic_ips, AllocationId);
        let association = automatic_of.map(|eni| Association {
            id: AddressAssociationId(cx.random.draw()),
            eni,
            secondary: None,
        });
        let automatic = automatic_of.is_some();
        let ip = ElasticIp { id, scope, address, association, automatic, tags };
        self.elastic_ips.insert(id, ip.clone());
        ip
    }

    /// Gives an address to an ENI, for its primary private address or a secondary one, in the place of
    /// what either had.
    pub(crate) fn associate_address(
        &mut self,
        cx: &mut Cx<'_>,
        id: AllocationId,
        (eni, secondary): (EniId, Option<Ipv4Addr>),
        changes: &mut Vec<Change>,
    ) -> AddressAssociationId {
        let before = self.elastic_ips[&id].association;
        let is_same = |held: &Association| (held.eni, held.secondary) == (eni, secondary);
        if let Some(known) = before.filter(is_same) {
            return known.id;
        }
        let other = self.public_at(eni, secondary).map(|other| other.id);
        changes.extend(other.map(|other| self.loosen(other)));
        let association =
            Association { id: AddressAssociationId(cx.random.draw()), eni, secondary };
        let ip = self.elastic_ips.get_mut(&id).expect("it was found");
        ip.association = Some(association);
        changes.push(put(ip));
        let vpcs = [before.map(|before| before.eni), Some(eni)].into_iter().flatten();
        let vpcs: BTreeSet<VpcId> = vpcs.map(|eni| self.enis[&eni].vpc).collect();
        vpcs.into_iter().for_each(|vpc| self.replan_all(cx, vpc));
        association.id
    }

    /// Takes an address from its ENI; one that was given to that as it was made goes.
    fn loosen(&mut self, id: AllocationId) -> Change {
        let ip = self.elastic_ips.get_mut(&id).expect("the caller found it");
        if ip.automatic {
            self.elastic_ips.remove(&id);
            return Change::Delete(Key::ElasticIp(id));
        }
        ip.association = None;
        put(ip)
    }

    /// Takes the public addresses from an ENI that is gone.
    pub(crate) fn forsake(&mut self, cx: &mut Cx<'_>, eni: &Eni, changes: &mut Vec<Change>) {
        let of_eni = |ip: &&ElasticIp| ip.association.is_some_and(|held| held.eni == eni.id);
        let all = self.elastic_ips.values().filter(of_eni);
        let all: Vec<AllocationId> = all.map(|ip| ip.id).collect();
        if all.is_empty() {
            return;
        }
        changes.extend(all.into_iter().map(|id| self.loosen(id)));
        self.replan_all(cx, eni.vpc);
    }
}

/// What is to be stored of an address.
pub(crate) fn put(ip: &ElasticIp) -> Change {
    Change::Put(Box::new(Record::ElasticIp(ip.clone())))
}

impl Part for ElasticIp {
    fn restored(network: &mut Network, changes: &mut Vec<Change>) {
        // ENIs of environments end with their server.
        let of_nobody = network
            .elastic_ips
            .values()
            .filter(|ip| ip.association.is_some_and(|held| !network.enis.contains_key(&held.eni)));
        let of_nobody: Vec<AllocationId> = of_nobody.map(|ip| ip.id).collect();
        changes.extend(of_nobody.into_iter().map(|id| network.loosen(id)));
    }

    fn plan(network: &Network, vpc: &Vpc, plan: &mut VpcPlan) {
        for ip in network.elastic_ips.values() {
            let Some((eni, private)) = network.published(ip) else { continue };
            if eni.vpc != vpc.id || matches!(eni.user, EniUser::NatGateway(_)) {
                continue;
            }
            let is_shared = eni.user == EniUser::Pair;
            let public = PublicPlan { private, public: ip.address, is_shared };
            match private == eni.address {
                true => drop(plan.publics.insert(eni.id, public)),
                // Nothing is at those of an ENI that is attached to nothing.
                false if matches!(eni.user, EniUser::Resource(_)) => {
                    plan.secondary_publics.insert(private, public);
                }
                false => {}
            }
        }
    }

    fn check(network: &Network) {
        let (mut addresses, mut holders) = (BTreeSet::new(), BTreeSet::new());
        for ip in network.elastic_ips.values() {
            assert!(addresses.insert(ip.address), "{} is there twice", ip.address);
            assert!(ip.association.is_some() || !ip.automatic, "{} is nobody's", ip.address);
            let Some(held) = ip.association else { continue };
            assert_eq!(network.enis[&held.eni].scope, ip.scope, "{} and {}", ip.id, held.eni);
            let is_first = holders.insert((held.eni, held.secondary));
            assert!(is_first, "{} has two public addresses at one", held.eni);
            if let Some(private) = held.secondary {
                let own = network.secondaries_of(held.eni);
                assert!(own.contains(&private), "{} is of {private}", ip.address);
            }
        }
    }
}
