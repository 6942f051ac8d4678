//! Who is at a router: behind its slots, and by which addresses.

use std::net::Ipv4Addr;

use engine::id::EniId;
use engine::plan::Holder;

use super::conntrack::{self, Tracked};
use super::router::{Attached, Router, link_local};

impl Router {
    /// Who is at a slot, with the address that others see of it.
    pub(super) fn who(&self, number: u16) -> Option<(Attached, Option<Ipv4Addr>)> {
        let attached = self.attached.get(&number)?;
        let address = attached.eni.and_then(|eni| self.enis.get(&eni));
        Some((*attached, address.map(|known| known.plan.address)))
    }

    /// Who has an address that others see; behind a shared ENI, who of them sends to `to`, if that is
    /// one.
    pub(super) fn who_sends(&mut self, from: Ipv4Addr, to: Ipv4Addr) -> Option<Attached> {
        let known = self.enis.values().find(|known| self.is_own(known, from))?;
        if let Some(slot) = known.slot {
            return self.attached.get(&slot).copied();
        }
        let eni = known.plan.eni;
        let nobody = Attached { eni: Some(eni), environment: None, is_shared: true };
        let sharers = self.attached.iter().filter(|(_, it)| it.is_shared && it.eni == Some(eni));
        let mut sharers: Vec<(Ipv4Addr, Attached)> =
            sharers.map(|(slot, attached)| (link_local(*slot), *attached)).collect();
        if sharers.len() > 1 {
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

    /// The shared ENIs with their addresses.
    pub(super) fn shared(&self) -> Vec<(EniId, Ipv4Addr)> {
        let shared = self.enis.values().filter(|known| known.slot.is_none());
        shared.map(|known| (known.plan.eni, known.plan.address)).collect()
    }

    /// Whether an ENI of a resource is held here.
    pub(super) fn holds_resources(&self) -> bool {
        self.enis.values().any(|known| known.plan.holder == Holder::Resource)
    }
}
