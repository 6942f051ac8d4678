//! Who is at a router: behind its slots, and by which addresses.

use std::net::Ipv4Addr;

use engine::id::EniId;
use engine::plan::Holder;

use super::router::{Attached, Router};

impl Router {
    /// Who is at a slot, with the address that others see of it.
    pub(super) fn who(&self, number: u16) -> Option<(Attached, Option<Ipv4Addr>)> {
        let attached = self.attached.get(&number)?;
        let address = attached.eni.and_then(|eni| self.enis.get(&eni));
        Some((*attached, address.map(|known| known.plan.address)))
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
