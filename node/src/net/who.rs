//! Who is at a router: behind its slots, and by which addresses.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use engine::id::EniId;
use engine::plan::{EniPlan, Holder};

use super::conntrack::{self, Tracked};
use super::link6;
use super::router::{Attached, Known, Router};
use super::slots::link_local;

/// Of more connections than these it is not looked for whose one is.
const LOOKED_THROUGH: u32 = 4096;

/// Whether an address is that of a slot which is behind a shared ENI.
pub(super) fn is_slots(number: u16, address: IpAddr) -> bool {
    address == link_local(number) || address == link6::slot_address(number)
}

impl Router {
    /// Who is at a slot, with the addresses that others see of it.
    pub(super) fn who(&self, number: u16) -> Option<(Attached, Vec<IpAddr>)> {
        let attached = self.attached.get(&number)?;
        let plan = attached.eni.and_then(|eni| self.enis.get(&eni)).map(|known| &known.plan);
        let own = |plan: &EniPlan| {
            let of_ipv6 = plan.addresses6.iter().copied().map(IpAddr::from);
            let secondary = self.secondaries_of(plan.eni).into_iter().map(IpAddr::from);
            std::iter::once(plan.address.into()).chain(secondary).chain(of_ipv6).collect()
        };
        Some((*attached, plan.map_or_else(Vec::new, own)))
    }

    /// The address of IPv4 that others see of who is at a slot.
    pub(super) fn seen_as(&self, number: u16) -> Option<Ipv4Addr> {
        let eni = self.attached.get(&number)?.eni?;
        self.enis.get(&eni).map(|known| known.plan.address)
    }

    /// The ENI that has an address.
    pub(super) fn eni_at(&self, address: Ipv4Addr) -> Option<&Known> {
        let eni = self.addressed.get(&address).or_else(|| self.secondary_at.get(&address));
        self.enis.get(eni?)
    }

    /// Who has an address that others see; behind a shared ENI, who of them sends to `to`, if that is
    /// one.
    pub(super) fn who_sends(&mut self, from: Ipv4Addr, to: Ipv4Addr) -> Option<Attached> {
        let known = self.eni_at(from)?;
        if let Some(slot) = known.slot {
            return self.attached.get(&slot).copied();
        }
        let eni = known.plan.eni;
        let nobody =
            Attached { eni: Some(eni), environment: None, is_shared: true, shares_ipv6: false };
        let sharers = self.attached.iter().filter(|(_, it)| it.is_shared && it.eni == Some(eni));
        let mut sharers: Vec<(Ipv4Addr, Attached)> =
            sharers.map(|(slot, attached)| (link_local(*slot), *attached)).collect();
        if sharers.len() > 1 {
            // It is for an explanation alone, and whoever sends chooses how often it is looked for.
            if conntrack::count(&mut self.filter).ok()? > LOOKED_THROUGH {
                return Some(nobody);
            }
            let tracked = conntrack::tracked(&mut self.filter).unwrap_or_default();
            let asks = |at: &Ipv4Addr| {
                let is_it = |each: &Tracked| each.source == *at && each.destination == to;
                tracked.iter().any(is_it)
            };
            sharers.retain(|(at, _)| asks(at));
        }
        match sharers[..] {
            [(_, only)] => Some(only),
            _ => Some(nobody),
        }
    }

    /// The shared ENIs with the addresses that they have connections by.
    pub(super) fn shared(&self) -> Vec<(EniId, Ipv4Addr, Option<Ipv6Addr>)> {
        let shared = self.enis.values().filter(|known| known.slot.is_none());
        let told = |plan: &EniPlan| (plan.eni, plan.address, plan.addresses6.first().copied());
        shared.map(|known| told(&known.plan)).collect()
    }

    /// Whether an ENI of a resource is held here beside these.
    pub(super) fn holds_resources(&self, beside: &BTreeSet<EniId>) -> bool {
        let mut plans = self.enis.values().map(|known| &known.plan);
        plans.any(|plan| plan.holder == Holder::Resource && !beside.contains(&plan.eni))
    }
}
