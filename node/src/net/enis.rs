//! ENIs at a router: their places in its maps and sets.

use std::io;

use engine::id::EniId;
use engine::plan::{EniPlan, Holder};

use super::names;
use super::nft::Batch;
use super::router::{Known, Router};
use crate::agent::NetworkError;

impl Router {
    /// Has an ENI: a shared one is made, one that is held gets other groups.
    pub(super) fn put_eni(&mut self, plan: &EniPlan) -> Result<(), NetworkError> {
        let slot = match self.enis.get(&plan.eni) {
            Some(known) => known.slot,
            None if plan.holder == Holder::Shared => None,
            // It comes with its environment or resource.
            None => return Ok(()),
        };
        self.write_eni(plan, slot)
    }

    /// Writes an ENI's place in the maps and sets, or leaves it as it was.
    pub(super) fn write_eni(
        &mut self,
        plan: &EniPlan,
        slot: Option<u16>,
    ) -> Result<(), NetworkError> {
        let before = self.enis.remove(&plan.eni);
        let written = self.rewrite_eni(before.as_ref(), plan, slot);
        if let Some(before) = before {
            self.enis.entry(plan.eni).or_insert(before);
        }
        written
    }

    fn rewrite_eni(
        &mut self,
        before: Option<&Known>,
        plan: &EniPlan,
        slot: Option<u16>,
    ) -> Result<(), NetworkError> {
        let mut batch = Batch::new(names::TABLE);
        if let Some(known) = before {
            Router::erase(&mut batch, known);
            self.erase_secondaries(&mut batch, known);
        }
        let (set, made) = match self.groups.set_of(plan) {
            Some(set) => (set, None),
            None => {
                let before = (self.groups.clone(), self.routing.clone());
                match self.groups.add_set(&mut batch, &mut self.routing, plan) {
                    Ok(set) => (set, Some(before)),
                    Err(error) => {
                        (self.groups, self.routing) = before;
                        return Err(error);
                    }
                }
            }
        };
        let known = Known { plan: plan.clone(), set, slot };
        let is_led_to = slot.is_some() && self.routing.hops.leads_to(plan.eni);
        let hops = is_led_to.then(|| self.routing.hops.clone());
        if let Some(held) = known.held() {
            self.routing.hops.hold(&mut batch, plan.eni, held);
        }
        Router::write_own(&mut batch, &known, plan.address);
        self.write_secondaries(&mut batch, &known);
        Router::write_eni6(&mut batch, plan, set, slot);
        if let Err(error) = batch.commit(&mut self.filter) {
            // What was to be made with it is not there.
            if let Some(hops) = hops {
                self.routing.hops = hops;
            }
            if let Some(before) = made {
                (self.groups, self.routing) = before;
            }
            return Err(NetworkError::of("writing an ENI's rules")(error));
        }
        self.enis.insert(plan.eni, known);
        self.addressed.insert(plan.address, plan.eni);
        match is_led_to {
            true => self.lead().map_err(NetworkError::of("leading packets to an ENI")),
            false => Ok(()),
        }
    }

    fn erase(batch: &mut Batch, known: &Known) {
        Router::erase_own(batch, known, known.plan.address);
        Router::erase6(batch, known);
    }

    pub(super) fn delete_eni(&mut self, eni: EniId) -> io::Result<()> {
        // Whoever holds its address next is not to be told of what it sent.
        self.measure();
        let Some(known) = self.enis.remove(&eni) else { return Ok(()) };
        if self.addressed.get(&known.plan.address) == Some(&eni) {
            self.addressed.remove(&known.plan.address);
        }
        let mut batch = Batch::new(names::TABLE);
        Router::erase(&mut batch, &known);
        self.erase_secondaries(&mut batch, &known);
        let was_led_to = self.routing.hops.let_go(&mut batch, eni);
        batch.commit(&mut self.filter)?;
        if was_led_to { self.lead() } else { Ok(()) }
    }
}
