//! IPv6 addresses of ENIs: drawn from their subnet's block, given and taken.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::net::Ipv6Addr;

use crate::ask::Ask;
use crate::base::cidr6::Cidr6;
use crate::base::id::{EniId, Missing, SubnetId};
use crate::base::limits::IPV6_PER_ENI;
use crate::base::random::Random;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::node::NodeCommand;
use crate::plan::Holder;
use crate::record::eni::{Eni, EniUser};
use crate::record::subnet::Subnet;
use crate::record::{Change, Record};

/// Which IPv6 addresses an ENI is to get.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// These.
    pub addresses: BTreeSet<Ipv6Addr>,
    /// So many of the subnet's, whichever; none is said where it is as the subnet has it.
    pub any: Option<usize>,
}

impl Wish {
    /// Of a new ENI for which nothing is said: one address where its subnet assigns such.
    pub(crate) fn as_of(&mut self, subnet: &Subnet) {
        if self.addresses.is_empty() && self.any.is_none() && subnet.assign_ipv6 {
            self.any = Some(1);
        }
    }
}

/// `AssignIpv6Addresses`; answered with the addresses that the ENI got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assign {
    /// The owner.
    pub scope: Scope,
    /// Which ENI.
    pub eni: EniId,
    /// Which addresses.
    pub wish: Wish,
}

/// `UnassignIpv6Addresses`: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unassign {
    /// The owner.
    pub scope: Scope,
    /// Which ENI.
    pub eni: EniId,
    /// Which addresses.
    pub addresses: BTreeSet<Ipv6Addr>,
}

/// Why a question about IPv6 addresses is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such ENI.
    NoEni(EniId),
    /// The ENI is not its owner's to change.
    Managed(EniId),
    /// The subnet has no IPv6 block.
    NoBlock(SubnetId),
    /// The address is not one of the subnet's.
    Outside(Ipv6Addr, SubnetId),
    /// The address is one that AWS keeps.
    Reserved(Ipv6Addr, SubnetId),
    /// An ENI holds the address.
    Taken(Ipv6Addr),
    /// The ENI would have more addresses than it may.
    TooMany(EniId),
    /// The ENI does not hold the address.
    NotAssigned(Ipv6Addr, EniId),
}

impl From<Missing<EniId>> for Refusal {
    fn from(Missing(id): Missing<EniId>) -> Refusal {
        Refusal::NoEni(id)
    }
}

impl Ask for Assign {
    type Answer = Vec<Ipv6Addr>;
    type Refusal = Refusal;
    type Granted = Assign;

    fn check(self, engine: &Engine) -> Result<Assign, Refusal> {
        let network = &engine.network;
        let eni = network.own_eni(&self.scope, self.eni)?;
        let subnet = &network.subnets[&eni.subnet];
        network.may_have_addresses6((self.eni, eni.addresses6.len()), subnet, &self.wish)?;
        Ok(self)
    }

    fn apply(
        granted: Assign,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Vec<Ipv6Addr> {
        let (network, mut cx) = engine.network_cx(now, out);
        let subnet = network.enis[&granted.eni].subnet;
        let new = network.choose_addresses6(subnet, &granted.wish, cx.random);
        network.hold_addresses6(granted.eni, &new);
        let eni = network.enis.get_mut(&granted.eni).expect("it was found");
        eni.addresses6.extend(&new);
        network.eni_changed(&mut cx, granted.eni);
        new
    }
}

impl Ask for Unassign {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Unassign;

    fn check(self, engine: &Engine) -> Result<Unassign, Refusal> {
        let eni = engine.network.own_eni(&self.scope, self.eni)?;
        let mut others = self.addresses.iter().filter(|each| !eni.addresses6.contains(each));
        match others.next() {
            Some(other) => Err(Refusal::NotAssigned(*other, self.eni)),
            None => Ok(self),
        }
    }

    fn apply(granted: Unassign, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.release_addresses6(granted.addresses.iter());
        let eni = network.enis.get_mut(&granted.eni).expect("it was found");
        eni.addresses6.retain(|each| !granted.addresses.contains(each));
        network.eni_changed(&mut cx, granted.eni);
    }
}

impl Network {
    /// An ENI whose addresses its owner may change.
    fn own_eni(&self, scope: &Scope, id: EniId) -> Result<&Eni, Refusal> {
        let eni = self.eni(scope, id)?;
        match eni.user {
            EniUser::Resource(id) if self.resources[&id].is_managed() => {
                Err(Refusal::Managed(eni.id))
            }
            EniUser::Customer | EniUser::Resource(_) => Ok(eni),
            EniUser::Released(_)
            | EniUser::Environment(..)
            | EniUser::Pair
            | EniUser::NatGateway(_) => Err(Refusal::Managed(eni.id)),
        }
    }

    /// Whether an ENI, which has so many already, can have further addresses of its subnet.
    pub(crate) fn may_have_addresses6(
        &self,
        (eni, has): (EniId, usize),
        subnet: &Subnet,
        wish: &Wish,
    ) -> Result<(), Refusal> {
        let Some(block) = subnet.block6 else {
            let is_asked = !wish.addresses.is_empty() || wish.any.is_some_and(|any| any > 0);
            return if is_asked { Err(Refusal::NoBlock(subnet.id)) } else { Ok(()) };
        };
        for address in &wish.addresses {
            if !block.cidr.contains(*address) {
                return Err(Refusal::Outside(*address, subnet.id));
            }
            if is_reserved(block.cidr, *address) {
                return Err(Refusal::Reserved(*address, subnet.id));
            }
            if self.held6.contains_key(address) {
                return Err(Refusal::Taken(*address));
            }
        }
        let wanted = wish.any.unwrap_or(0).saturating_add(wish.addresses.len());
        match has.saturating_add(wanted) > IPV6_PER_ENI {
            true => Err(Refusal::TooMany(eni)),
            false => Ok(()),
        }
    }

    /// The addresses that a wish comes to, which can be had. A block has more than anybody holds, so
    /// that one is drawn until it is free; one that was given back seldom comes again.
    pub(crate) fn choose_addresses6(
        &self,
        subnet: SubnetId,
        wish: &Wish,
        random: &mut Random,
    ) -> Vec<Ipv6Addr> {
        let mut chosen: Vec<Ipv6Addr> = wish.addresses.iter().copied().collect();
        let Some(block) = self.subnets[&subnet].block6 else { return chosen };
        while chosen.len() < wish.addresses.len() + wish.any.unwrap_or(0) {
            let bits = block.cidr.base().to_bits() | u128::from(random.draw());
            let address = Ipv6Addr::from_bits(bits);
            let is_free = !self.held6.contains_key(&address) && !chosen.contains(&address);
            if is_free && !is_reserved(block.cidr, address) {
                chosen.push(address);
            }
        }
        chosen
    }

    /// What an ENI of a function gets: one address where the function may have IPv6, and the subnet
    /// has it still.
    pub(crate) fn addresses6_for(
        &self,
        subnet: SubnetId,
        has_ipv6: bool,
        random: &mut Random,
    ) -> Vec<Ipv6Addr> {
        let wish = Wish { any: has_ipv6.then_some(1), ..Wish::default() };
        self.choose_addresses6(subnet, &wish, random)
    }

    /// Has an ENI hold addresses that were chosen for it.
    pub(crate) fn hold_addresses6(&mut self, eni: EniId, addresses: &[Ipv6Addr]) {
        for address in addresses {
            let before = self.held6.insert(*address, eni);
            assert!(before.is_none(), "{address} was handed out twice");
        }
    }

    /// Has nobody hold these addresses any more.
    pub(crate) fn release_addresses6<'a>(&mut self, addresses: impl Iterator<Item = &'a Ipv6Addr>) {
        for address in addresses {
            self.held6.remove(address);
        }
    }

    /// Whether ENIs hold addresses of an IPv6 block.
    pub(crate) fn is_held6(&self, block: Cidr6) -> bool {
        self.held6.range(block.base()..=block.last()).next().is_some()
    }

    /// Stores an ENI that has changed, and tells the node, where that has it by itself.
    fn eni_changed(&self, cx: &mut Cx<'_>, id: EniId) {
        let eni = &self.enis[&id];
        if matches!(eni.user, EniUser::Resource(_)) {
            cx.command(NodeCommand::PutEni(self.eni_plan(id, Holder::Resource)));
        }
        cx.persist(Vec::from([Change::Put(Box::new(Record::Eni(eni.clone())))]));
    }

    /// Checks that IPv6 addresses are held by the ENIs that have them, each of its subnet's block.
    ///
    /// # Panics
    /// When they are not: that is a bug.
    pub(crate) fn check_addresses6(&self) {
        let mut count = 0;
        for eni in self.enis.values() {
            let block = self.subnets[&eni.subnet].block6;
            for address in &eni.addresses6 {
                assert_eq!(self.held6.get(address), Some(&eni.id), "who holds {address}");
                let is_of_block = block.is_some_and(|block| block.cidr.contains(*address));
                assert!(is_of_block, "{address} and the block of {}", eni.subnet);
                count += 1;
            }
        }
        assert_eq!(count, self.held6.len(), "IPv6 addresses that are held");
    }
}

/// Whether AWS keeps an address of a subnet: the first four and the last.
fn is_reserved(block: Cidr6, address: Ipv6Addr) -> bool {
    address.to_bits() - block.base().to_bits() < 4 || address == block.last()
}
