//! Secondary private addresses of ENIs: given, moved to another ENI of the subnet, and taken.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::id::{EniId, Missing, SubnetId, VpcId};
use crate::base::limits::SECONDARY_PER_ENI;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address::AddressError;
use crate::network::eni;
use crate::plan::{EniPlan, VpcPlan};
use crate::record::eni::{Eni, EniUser};
use crate::record::secondary_addresses::SecondaryAddresses;
use crate::record::{Change, Key, Record};

/// Which secondary addresses an ENI is to get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// These.
    pub addresses: BTreeSet<Ipv4Addr>,
    /// So many of the subnet's, whichever.
    pub any: usize,
}

/// `AssignPrivateIpAddresses`: all of them or none; answered with the addresses that the ENI got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assign {
    /// The owner.
    pub scope: Scope,
    /// Which ENI.
    pub eni: EniId,
    /// Which addresses.
    pub wish: Wish,
    /// Whether they may be taken from other ENIs, of which they are secondary ones.
    pub reassigns: bool,
}

/// `UnassignPrivateIpAddresses`: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unassign {
    /// The owner.
    pub scope: Scope,
    /// Which ENI.
    pub eni: EniId,
    /// Which addresses.
    pub addresses: BTreeSet<Ipv4Addr>,
}

/// `CreateNetworkInterface` of an ENI that has secondary addresses from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateWith {
    /// The ENI.
    pub eni: eni::Create,
    /// Which secondary addresses.
    pub wish: Wish,
}

/// Why a question about secondary addresses is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The ENI cannot be made, or an address is not to be had.
    Eni(eni::Refusal),
    /// The scope has no such ENI.
    NoEni(EniId),
    /// The ENI is not its owner's to change.
    Managed(EniId),
    /// The ENI would have more addresses than it may.
    TooMany,
    /// The address is the ENI's primary one.
    Primary(Ipv4Addr, EniId),
    /// The ENI does not hold the address.
    NotAssigned(Ipv4Addr, EniId),
}

impl From<Missing<EniId>> for Refusal {
    fn from(Missing(id): Missing<EniId>) -> Refusal {
        Refusal::NoEni(id)
    }
}

impl Ask for Assign {
    type Answer = Vec<Ipv4Addr>;
    type Refusal = Refusal;
    /// The question, and which addresses are taken from which other ENIs.
    type Granted = (Assign, BTreeMap<EniId, BTreeSet<Ipv4Addr>>);

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let network = &engine.network;
        let eni = network.changeable_eni(&self.scope, self.eni)?;
        let mut moved: BTreeMap<EniId, BTreeSet<Ipv4Addr>> = BTreeMap::new();
        let mut new = self.wish.clone();
        for address in self.wish.addresses.iter().filter(|_| self.reassigns) {
            let Some(holder) = network.holder(eni.vpc, *address) else { continue };
            let is_secondary = network.secondaries_of(holder).contains(address);
            if is_secondary && network.enis[&holder].subnet == eni.subnet {
                let other = network.changeable_eni(&self.scope, holder)?;
                moved.entry(other.id).or_default().insert(*address);
                new.addresses.remove(address);
            }
        }
        // What it has already stays where it is.
        let kept = moved.remove(&self.eni).unwrap_or_default();
        network.may_have_secondaries(eni.subnet, None, &new)?;
        let has = network.secondaries_of(self.eni).len() - kept.len();
        let wanted = self.wish.any.saturating_add(self.wish.addresses.len());
        match has.saturating_add(wanted) > SECONDARY_PER_ENI {
            true => Err(Refusal::TooMany),
            false => Ok((self, moved)),
        }
    }

    fn apply(
        (granted, moved): Self::Granted,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Vec<Ipv4Addr> {
        let (network, mut cx) = engine.network_cx(now, out);
        let Assign { eni, wish, .. } = granted;
        let mut changes = Vec::new();
        let mut has_publics = false;
        for (other, addresses) in &moved {
            has_publics |= network.move_publics(*other, addresses, Some(eni), &mut changes);
            network.hand_secondaries_over(*other, addresses, eni);
            changes.push(network.stored_secondaries(*other));
        }
        let got = network.give_secondaries(eni, &wish);
        changes.push(network.stored_secondaries(eni));
        network.secondaries_changed(&mut cx, eni, has_publics);
        cx.persist(changes);
        got
    }
}

impl Ask for Unassign {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Unassign;

    fn check(self, engine: &Engine) -> Result<Unassign, Refusal> {
        let network = &engine.network;
        let eni = network.changeable_eni(&self.scope, self.eni)?;
        let held = network.secondaries_of(self.eni);
        for address in &self.addresses {
            if *address == eni.address {
                return Err(Refusal::Primary(*address, self.eni));
            }
            if !held.contains(address) {
                return Err(Refusal::NotAssigned(*address, self.eni));
            }
        }
        Ok(self)
    }

    fn apply(granted: Unassign, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        let Unassign { eni, addresses, .. } = granted;
        let mut changes = Vec::new();
        let has_publics = network.move_publics(eni, &addresses, None, &mut changes);
        network.take_secondaries(eni, &addresses);
        changes.push(network.stored_secondaries(eni));
        network.secondaries_changed(&mut cx, eni, has_publics);
        cx.persist(changes);
    }
}

impl Ask for CreateWith {
    type Answer = Eni;
    type Refusal = Refusal;
    type Granted = (<eni::Create as Ask>::Granted, Wish);

    fn check(mut self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let network = &engine.network;
        let (subnet, wish) = (self.eni.subnet, self.wish);
        if let Some(pool) = network.pools.get(&subnet) {
            // None that is asked for becomes the primary one.
            let free = || pool.next_free(&wish.addresses);
            self.eni.address = self.eni.address.or_else(free);
        }
        let primary = self.eni.address;
        let granted = self.eni.check(engine).map_err(Refusal::Eni)?;
        network.may_have_secondaries(subnet, primary, &wish)?;
        match wish.any.saturating_add(wish.addresses.len()) > SECONDARY_PER_ENI {
            true => Err(Refusal::TooMany),
            false => Ok((granted, wish)),
        }
    }

    fn apply(
        (granted, wish): Self::Granted,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Eni {
        let eni = <eni::Create as Ask>::apply(granted, engine, now, out);
        if wish != Wish::default() {
            let (network, mut cx) = engine.network_cx(now, out);
            network.give_secondaries(eni.id, &wish);
            network.eni_comes(&mut cx, eni.id);
            let change = network.stored_secondaries(eni.id);
            cx.persist(Vec::from([change]));
        }
        eni
    }
}

impl Network {
    /// An ENI whose addresses its owner may change.
    fn changeable_eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Refusal> {
        let eni = self.eni(scope, id)?;
        match eni.user {
            EniUser::Customer => Ok(eni),
            EniUser::Resource(by) if !self.resources[&by].is_managed() => Ok(eni),
            EniUser::Resource(_)
            | EniUser::Released(_)
            | EniUser::Environment(..)
            | EniUser::Pair
            | EniUser::NatGateway(_) => Err(Refusal::Managed(id)),
        }
    }

    /// The secondary addresses of an ENI, in the order in which it got them.
    pub(crate) fn secondaries_of(&self, eni: EniId) -> &[Ipv4Addr] {
        self.secondaries.get(&eni).map_or(&[], |held| held.addresses.as_slice())
    }

    /// Whether a subnet has these addresses, beside the one that is about to be taken.
    fn may_have_secondaries(
        &self,
        subnet: SubnetId,
        primary: Option<Ipv4Addr>,
        wish: &Wish,
    ) -> Result<(), Refusal> {
        let pool = &self.pools[&subnet];
        for address in &wish.addresses {
            let may = if primary == Some(*address) {
                return Err(Refusal::Eni(eni::Refusal::AddressInUse(*address)));
            } else {
                pool.may_take(*address)
            };
            may.map_err(|error| {
                Refusal::Eni(match error {
                    AddressError::Outside => eni::Refusal::AddressOutside(*address, subnet),
                    AddressError::Reserved => eni::Refusal::AddressReserved(*address, subnet),
                    AddressError::Taken(_) => eni::Refusal::AddressInUse(*address),
                })
            })?;
        }
        let named = wish.addresses.iter().chain(primary.as_ref());
        let of_free = named.filter(|address| !pool.is_set_aside(**address)).count();
        match of_free.saturating_add(wish.any) > pool.free() as usize {
            true => Err(Refusal::Eni(eni::Refusal::NoFreeAddress(subnet))),
            false => Ok(()),
        }
    }

    /// Has an ENI hold addresses that it may have: those that it has not yet.
    fn give_secondaries(&mut self, eni: EniId, wish: &Wish) -> Vec<Ipv4Addr> {
        let held = self.secondaries_of(eni).to_vec();
        let subnet = self.enis[&eni].subnet;
        let pool = self.pools.get_mut(&subnet).expect("each subnet has a pool");
        let mut new = Vec::new();
        for address in wish.addresses.iter().filter(|address| !held.contains(address)) {
            pool.take(*address, eni).expect("the address was free");
            new.push(*address);
        }
        for _ in 0..wish.any {
            new.push(pool.take_any(eni).expect("an address was free"));
        }
        let addresses: Vec<Ipv4Addr> = held.iter().chain(&new).copied().collect();
        if !addresses.is_empty() {
            self.secondaries.insert(eni, SecondaryAddresses { eni, addresses });
        }
        let named = wish.addresses.iter().filter(|address| held.contains(address));
        named.copied().chain(new).collect()
    }

    /// Has secondary addresses of an ENI be another's of the subnet.
    fn hand_secondaries_over(&mut self, from: EniId, moved: &BTreeSet<Ipv4Addr>, to: EniId) {
        let subnet = self.enis[&from].subnet;
        let pool = self.pools.get_mut(&subnet).expect("each subnet has a pool");
        moved.iter().for_each(|address| pool.hand_over(*address, to));
        self.strike_secondaries(from, moved);
        let none = || SecondaryAddresses { eni: to, addresses: Vec::new() };
        self.secondaries.entry(to).or_insert_with(none).addresses.extend(moved);
    }

    /// Has an ENI hold some of its secondary addresses no longer.
    fn take_secondaries(&mut self, eni: EniId, gone: &BTreeSet<Ipv4Addr>) {
        let subnet = self.enis[&eni].subnet;
        let pool = self.pools.get_mut(&subnet).expect("each subnet has a pool");
        gone.iter().for_each(|address| pool.release(*address));
        self.strike_secondaries(eni, gone);
    }

    fn strike_secondaries(&mut self, eni: EniId, gone: &BTreeSet<Ipv4Addr>) {
        let held = self.secondaries.get_mut(&eni).expect("it holds them");
        held.addresses.retain(|address| !gone.contains(address));
        if held.addresses.is_empty() {
            self.secondaries.remove(&eni);
        }
    }

    /// Has an ENI that is gone hold none; answers those that it held.
    pub(crate) fn release_secondaries(
        &mut self,
        cx: &mut Cx<'_>,
        eni: &Eni,
        changes: &mut Vec<Change>,
    ) -> Vec<Ipv4Addr> {
        let Some(held) = self.secondaries.remove(&eni.id) else { return Vec::new() };
        let pool = self.pools.get_mut(&eni.subnet).expect("each subnet has a pool");
        held.addresses.iter().for_each(|address| pool.release(*address));
        changes.push(Change::Delete(Key::SecondaryAddresses(eni.id)));
        self.plan_secondaries(cx, eni.vpc);
        held.addresses
    }

    /// What is to be stored of an ENI's secondary addresses.
    fn stored_secondaries(&self, eni: EniId) -> Change {
        match self.secondaries.get(&eni) {
            Some(held) => Change::Put(Box::new(Record::SecondaryAddresses(held.clone()))),
            None => Change::Delete(Key::SecondaryAddresses(eni)),
        }
    }

    /// Has the node, and peers of a VPC, know them, where somebody is at such addresses.
    fn secondaries_changed(&mut self, cx: &mut Cx<'_>, eni: EniId, has_publics: bool) {
        let vpc = self.enis[&eni].vpc;
        match has_publics {
            true => self.replan_all(cx, vpc),
            false => self.plan_secondaries(cx, vpc),
        }
        self.members_changed(cx, vpc);
    }

    fn plan_secondaries(&mut self, cx: &mut Cx<'_>, vpc: VpcId) {
        let planned = self.planned_secondaries(vpc);
        if self.planned(vpc).secondaries != planned {
            self.replan(cx, vpc, |plan| plan.secondaries = planned);
        }
    }

    /// Those of a VPC's ENIs that something is attached to.
    pub(crate) fn planned_secondaries(&self, vpc: VpcId) -> BTreeMap<EniId, BTreeSet<Ipv4Addr>> {
        let of_vpc = self.secondaries.values().filter(|held| {
            let eni = &self.enis[&held.eni];
            eni.vpc == vpc && matches!(eni.user, EniUser::Resource(_))
        });
        of_vpc.map(|held| (held.eni, held.addresses.iter().copied().collect())).collect()
    }

    /// Checks that secondary addresses are of ENIs.
    ///
    /// # Panics
    /// When they are not: that is a bug.
    pub(crate) fn check_secondaries(&self) {
        for held in self.secondaries.values() {
            assert!(self.enis.contains_key(&held.eni), "{} has addresses", held.eni);
            assert!((1..=SECONDARY_PER_ENI).contains(&held.addresses.len()), "{}", held.eni);
        }
    }
}

impl VpcPlan {
    /// Whether an address is one of an ENI's own.
    pub fn is_own(&self, eni: &EniPlan, address: Ipv4Addr) -> bool {
        let secondaries = || self.secondaries.get(&eni.eni);
        eni.address == address || secondaries().is_some_and(|held| held.contains(&address))
    }
}

impl Engine {
    /// The private addresses of an ENI, the primary one first.
    pub fn private_addresses<'a>(&'a self, eni: &'a Eni) -> impl Iterator<Item = Ipv4Addr> + 'a {
        let secondary = self.network.secondaries_of(eni.id).iter().copied();
        core::iter::once(eni.address).chain(secondary)
    }
}
