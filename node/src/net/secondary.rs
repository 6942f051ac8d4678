//! Secondary private addresses of ENIs of resources: in the maps and sets of a router, and in the slots.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::Ipv4Addr;

use engine::id::EniId;
use engine::plan::{EniPlan, VpcPlan};

use super::conntrack;
use super::link::{self, SLOT_LINK};
use super::names;
use super::netlink::Messages;
use super::nft::Batch;
use super::router::{Known, Port, Router};
use super::slots::FIRST_LINK;
use crate::agent::NetworkError;

impl Router {
    /// Those of an ENI.
    pub(super) fn secondaries_of(&self, eni: EniId) -> BTreeSet<Ipv4Addr> {
        self.secondaries.get(&eni).cloned().unwrap_or_default()
    }

    /// They are those of a plan from here on.
    pub(super) fn know_secondaries(&mut self, plan: &VpcPlan) {
        if self.secondaries != plan.secondaries {
            self.secondaries.clone_from(&plan.secondaries);
            let all = plan.secondaries.iter();
            let each = all.flat_map(|(eni, held)| held.iter().map(|address| (*address, *eni)));
            self.secondary_at = each.collect();
        }
    }

    /// Writes those of an ENI into the maps and sets.
    pub(super) fn write_secondaries(&self, batch: &mut Batch, known: &Known) {
        for address in self.secondaries_of(known.plan.eni) {
            Router::write_own(batch, known, address);
        }
    }

    /// Takes those of an ENI out of the maps and sets.
    pub(super) fn erase_secondaries(&self, batch: &mut Batch, known: &Known) {
        for address in self.secondaries_of(known.plan.eni) {
            Router::erase_own(batch, known, address);
        }
    }

    /// Has the maps and sets be as a plan says, for the ENIs that are here.
    pub(super) fn change_secondaries(&self, batch: &mut Batch, plan: &VpcPlan) {
        let none = BTreeSet::new();
        let of = |all: &BTreeMap<EniId, BTreeSet<Ipv4Addr>>, known: &Known| {
            all.get(&known.plan.eni).unwrap_or(&none).clone()
        };
        let both = |known: &Known| (of(&self.secondaries, known), of(&plan.secondaries, known));
        // What one ENI has no longer may be another's.
        for known in self.enis.values() {
            let (before, after) = both(known);
            before.difference(&after).for_each(|address| Router::erase_own(batch, known, *address));
        }
        for known in self.enis.values() {
            let (before, after) = both(known);
            after.difference(&before).for_each(|address| Router::write_own(batch, known, *address));
        }
    }

    /// Has a slot that holds an ENI have its secondary addresses, in the place of those it had; what
    /// their last holders had established is forgotten, also in an earlier run if others may have been
    /// known by them then.
    pub(super) fn address_secondaries(
        &mut self,
        port: &mut Port,
        plan: &EniPlan,
        before: &BTreeSet<Ipv4Addr>,
        may_be_known: bool,
    ) -> Result<(), NetworkError> {
        let after = self.secondaries_of(plan.eni);
        let failed = NetworkError::of("giving an ENI secondary addresses");
        for address in before.difference(&after) {
            self.unaddress(port, *address).map_err(&failed)?;
        }
        let index = FIRST_LINK + u32::from(port.number);
        for address in after.difference(before) {
            if !self.used.insert(*address) || may_be_known {
                conntrack::forget(&mut self.filter, (*address).into()).map_err(&failed)?;
            }
            let mut messages = Messages::default();
            link::add_address(&mut messages, SLOT_LINK, *address, 32);
            port.socket.transact(messages).map_err(&failed)?;
            let mut messages = Messages::default();
            link::add_neighbour(&mut messages, index, *address, plan.mac);
            link::add_route(&mut messages, index, *address);
            self.route.transact(messages).map_err(&failed)?;
        }
        Ok(())
    }

    /// A slot has an address no longer.
    pub(super) fn unaddress(&mut self, port: &mut Port, address: Ipv4Addr) -> io::Result<()> {
        self.unroute(port.number, address)?;
        let mut messages = Messages::default();
        link::remove_address(&mut messages, SLOT_LINK, address, 32);
        unless(port.socket.transact(messages), &[libc::EADDRNOTAVAIL])
    }

    /// No route leads to a slot by an address any more; the link may have ended already, and the route
    /// with it, or lead elsewhere by now.
    pub(super) fn unroute(&mut self, number: u16, address: Ipv4Addr) -> io::Result<()> {
        let mut messages = Messages::default();
        link::remove_route(&mut messages, FIRST_LINK + u32::from(number), address);
        unless(self.route.transact(messages), &[libc::ESRCH, libc::ENODEV])
    }
}

impl Router {
    /// Writes an ENI's place in the maps and sets, by one of its addresses.
    pub(super) fn write_own(batch: &mut Batch, known: &Known, address: Ipv4Addr) {
        let key = address.octets();
        match known.slot {
            Some(slot) => {
                batch.add_mapping(names::SENDERS, key, names::mark(slot, known.set));
                batch.add_mapping(names::RECEIVERS, key, names::set_key(known.set));
            }
            None => batch.add_member(names::SHARED, address),
        }
        for group in &known.plan.groups {
            batch.add_member(&names::members(*group), address);
        }
    }

    /// Takes that out again.
    pub(super) fn erase_own(batch: &mut Batch, known: &Known, address: Ipv4Addr) {
        let key = address.octets();
        match known.slot {
            Some(_) => {
                batch.remove_key(names::SENDERS, key);
                batch.remove_key(names::RECEIVERS, key);
            }
            None => batch.remove_key(names::SHARED, key),
        }
        for group in &known.plan.groups {
            batch.remove_key(&names::members(*group), key);
        }
    }
}

/// What fails in one of these ways is as it should be.
fn unless(outcome: io::Result<()>, codes: &[i32]) -> io::Result<()> {
    match outcome {
        Err(error) if error.raw_os_error().is_some_and(|code| codes.contains(&code)) => Ok(()),
        other => other,
    }
}
