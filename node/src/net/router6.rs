//! IPv6 at a VPC's router: there from the VPC's first IPv6 block on, and at slots whose ENIs have
//! addresses of it.

use std::collections::BTreeMap;
use std::io;
use std::net::Ipv6Addr;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use engine::node::Attachment;
use engine::plan::{EniPlan, GroupPlan, VpcPlan};

use super::link::{self, LOOPBACK, SLOT_LINK, unless_gone};
use super::netlink::{Messages, Socket};
use super::nft::Batch;
use super::nft6::at_link;
use super::router::{Known, Port, ROUTER_MAC, Router};
use super::slots::{FIRST_LINK, slot_mac};
use super::{Net, acl6, conntrack, flow_rules6, link6, lock, names, namespace, routes6, rules6};
use crate::agent::{NetworkError, Place};

/// The gateway of every slot that has IPv6: an address of the link alone.
const GATEWAY: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);

/// The router's link to a slot.
fn link_of(number: u16) -> u32 {
    FIRST_LINK + u32::from(number)
}

/// Whether the calling thread's namespace forwards packets of IPv6.
fn is_forwarded() -> io::Result<bool> {
    link6::is_set("ipv6/conf/all/forwarding", "1")
}

impl Router {
    /// Has the router speak IPv6 where its VPC has that. Until it has rules for it nothing passes.
    pub(super) fn speak_ipv6(&mut self, plan: &VpcPlan) -> io::Result<()> {
        if self.speaks_ipv6 {
            return Ok(());
        }
        // One that was adopted may have spoken it before, and have rules that must not stay.
        if self.is_adopted && namespace::enter(&self.namespace, is_forwarded)? {
            self.speaks_ipv6 = true;
            return Ok(());
        }
        if plan.cidrs6.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new(names::TABLE);
        batch.of_ipv6(|batch| rules6::base(batch, plan));
        batch.commit(&mut self.filter)?;
        namespace::enter(&self.namespace, link6::settle)?;
        let mut messages = Messages::default();
        link6::add_address(&mut messages, LOOPBACK, link6::ROUTER);
        self.route.transact(messages)?;
        self.speaks_ipv6 = true;
        Ok(())
    }

    /// Has the rules for IPv6 of a plan in the place of those of another, of none where they begin. A
    /// VPC that has lost its last block keeps rules, by which nothing passes.
    pub(super) fn change6(&mut self, batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
        if !self.speaks_ipv6 {
            return;
        }
        let is_same = |group: &Arc<GroupPlan>| {
            before.is_some_and(|before| before.groups.get(&group.group) == Some(group))
        };
        let had = before.filter(|_| self.groups.has_ipv6);
        match had {
            None => {
                batch.of_ipv6(|batch| rules6::base(batch, plan));
                // Groups that are other ones are put later.
                self.groups.begin_ipv6(batch, plan, is_same);
            }
            Some(before) if before.cidrs6 != plan.cidrs6 => {
                batch.of_ipv6(|batch| rules6::blocks(batch, plan));
            }
            Some(_) => {}
        }
        let was_metered = had.is_some_and(|before| before.is_metered);
        let set = self.meter.as_ref().map_or(0, |meter| meter.set);
        batch.of_ipv6(|batch| {
            if plan.is_metered && !was_metered {
                flow_rules6::open(batch, set);
                rules6::count_refused(batch, true);
            }
            routes6::change(batch, had, plan);
            acl6::change(batch, had, plan);
            if was_metered && !plan.is_metered {
                rules6::count_refused(batch, false);
                flow_rules6::close(batch);
            }
        });
    }

    /// Writes an ENI's place in the maps and sets; `slot` holds its addresses, none those of a shared one.
    pub(super) fn write_eni6(batch: &mut Batch, plan: &EniPlan, set: u16, slot: Option<u16>) {
        if plan.addresses6.is_empty() {
            return;
        }
        batch.of_ipv6(|batch| {
            for address in &plan.addresses6 {
                let key = address.octets();
                match slot {
                    Some(slot) => {
                        let sender = at_link(link_of(slot), *address);
                        batch.add_mapping(names::SENDERS, sender, names::mark(slot, set));
                        batch.add_mapping(rules6::ORIGINS, key, names::mark(slot, set));
                        batch.add_mapping(names::RECEIVERS, key, names::set_key(set));
                    }
                    None => batch.add_key(names::SHARED, key),
                }
                for group in &plan.groups {
                    batch.add_key(&names::members(*group), key);
                }
            }
        });
    }

    /// Erases an ENI from the maps and sets.
    pub(super) fn erase6(batch: &mut Batch, known: &Known) {
        if known.plan.addresses6.is_empty() {
            return;
        }
        batch.of_ipv6(|batch| {
            for address in &known.plan.addresses6 {
                let key = address.octets();
                match known.slot {
                    Some(slot) => {
                        batch.remove_key(names::SENDERS, at_link(link_of(slot), *address));
                        batch.remove_key(rules6::ORIGINS, key);
                        batch.remove_key(names::RECEIVERS, key);
                    }
                    None => batch.remove_key(names::SHARED, key),
                }
                for group in &known.plan.groups {
                    batch.remove_key(&names::members(*group), key);
                }
            }
        });
    }

    /// Has a slot speak IPv6 by these addresses, of which it has had others.
    pub(super) fn address6(
        &mut self,
        port: &mut Port,
        mac: link::Mac,
        (before, now): (&[Ipv6Addr], &[Ipv6Addr]),
    ) -> io::Result<()> {
        let gone: Vec<_> = before.iter().filter(|each| !now.contains(each)).collect();
        let new: Vec<_> = now.iter().filter(|each| !before.contains(each)).collect();
        let index = link_of(port.number);
        for address in gone {
            for remove in [link6::remove_local, link6::remove_address] {
                let mut messages = Messages::default();
                remove(&mut messages, SLOT_LINK, *address);
                unless_gone(port.socket.transact(messages))?;
            }
            let mut messages = Messages::default();
            link6::remove_route(&mut messages, index, *address);
            unless_gone(self.route.transact(messages))?;
        }
        if now.is_empty() && !before.is_empty() {
            let mut messages = Messages::default();
            link6::remove_default(&mut messages, SLOT_LINK);
            return unless_gone(port.socket.transact(messages));
        }
        if new.is_empty() {
            return Ok(());
        }
        let (mut inner, mut outer) = (Messages::default(), Messages::default());
        for address in new {
            link6::add_address(&mut inner, SLOT_LINK, *address);
            link6::add_neighbour(&mut outer, index, *address, mac);
            link6::add_route(&mut outer, index, *address);
        }
        if before.is_empty() {
            link6::add_neighbour(&mut inner, SLOT_LINK, GATEWAY, ROUTER_MAC);
            link6::add_default(&mut inner, SLOT_LINK, GATEWAY);
        }
        self.route.transact(outer)?;
        port.socket.transact(inner)
    }

    /// Gives a slot the addresses of an ENI that it holds; what their last holder had established is
    /// forgotten.
    pub(super) fn hold6(
        &mut self,
        port: &mut Port,
        plan: &EniPlan,
        before: &[Ipv6Addr],
        may_be_known: bool,
    ) -> Result<(), NetworkError> {
        if plan.addresses6.is_empty() && before.is_empty() {
            return Ok(());
        }
        for address in plan.addresses6.iter().filter(|each| !before.contains(each)) {
            if !self.used6.insert(*address) || may_be_known {
                conntrack::forget(&mut self.filter, (*address).into())
                    .map_err(NetworkError::of("forgetting an address's connections"))?;
            }
        }
        self.address6(port, plan.mac, (before, &plan.addresses6))
            .map_err(NetworkError::of("addressing an ENI by IPv6"))
    }

    /// Has a slot behind a shared ENI that has IPv6 addresses speak it, by an address that is
    /// translated into the first of those.
    pub(super) fn share6(&mut self, port: &mut Port) -> Result<(), NetworkError> {
        let number = port.number;
        let eni = self.attached.get(&number).and_then(|attached| attached.eni);
        let Some(known) = eni.and_then(|eni| self.enis.get(&eni)) else { return Ok(()) };
        let Some(shown) = known.plan.addresses6.first().copied() else { return Ok(()) };
        let (set, slot) = (known.set, link6::slot_address(number));
        self.address6(port, slot_mac(number), (&[], &[slot]))
            .map_err(NetworkError::of("addressing a slot by IPv6"))?;
        let mut batch = Batch::new(names::TABLE);
        batch.of_ipv6(|batch| {
            let sender = at_link(link_of(number), slot);
            batch.add_mapping(names::SENDERS, sender, names::mark(number, set));
            batch.add_mapping(rules6::ORIGINS, slot.octets(), names::mark(number, set));
            batch.add_mapping(names::TRANSLATIONS, slot.octets(), shown.octets());
        });
        let shared = batch.commit(&mut self.filter);
        shared.map_err(NetworkError::of("attaching to a shared ENI by IPv6"))?;
        if let Some(attached) = self.attached.get_mut(&number) {
            attached.shares_ipv6 = true;
        }
        Ok(())
    }

    /// Has a slot that is to have IPv6 addresses speak it, though it was made without.
    pub(super) fn teach(
        &self,
        port: &mut Port,
        namespace: &OwnedFd,
        plan: &EniPlan,
    ) -> Result<(), NetworkError> {
        if port.speaks_ipv6 || plan.addresses6.is_empty() {
            return Ok(());
        }
        namespace::enter(namespace, teach_slot)
            .map_err(NetworkError::of("having a slot speak IPv6"))?;
        port.speaks_ipv6 = true;
        Ok(())
    }

    /// The same, for what a slot is to be attached to.
    pub(super) fn teach_attached(
        &self,
        port: &mut Port,
        namespace: &OwnedFd,
        attachment: &Attachment,
    ) -> Result<(), NetworkError> {
        match attachment {
            Attachment::Outside => Ok(()),
            Attachment::Classic(plan) => self.teach(port, namespace, plan),
            Attachment::Hyperplane(eni) => match self.enis.get(eni) {
                Some(known) => self.teach(port, namespace, &known.plan),
                None => Ok(()),
            },
        }
    }

    /// No route leads to a slot by the addresses of an ENI any more.
    pub(super) fn remove_routes6(&mut self, number: u16, addresses: &[Ipv6Addr]) -> io::Result<()> {
        for address in addresses {
            let mut messages = Messages::default();
            link6::remove_route(&mut messages, link_of(number), *address);
            unless_gone(self.route.transact(messages))?;
        }
        Ok(())
    }

    /// A slot is behind no shared ENI any more.
    pub(super) fn unshare6(batch: &mut Batch, number: u16) {
        let slot = link6::slot_address(number);
        batch.of_ipv6(|batch| {
            batch.remove_key(names::SENDERS, at_link(link_of(number), slot));
            batch.remove_key(rules6::ORIGINS, slot.octets());
            batch.remove_key(names::TRANSLATIONS, slot.octets());
        });
    }
}

impl Router {
    /// The links by which addresses of IPv6 send.
    pub(super) fn links6(&self) -> BTreeMap<Ipv6Addr, u32> {
        let held = self.enis.values().filter_map(|known| Some((known, link_of(known.slot?))));
        let held = held.flat_map(|(known, link)| {
            known.plan.addresses6.iter().map(move |address| (*address, link))
        });
        let sharers = self.attached.iter().filter(|(_, attached)| attached.shares_ipv6);
        let sharers = sharers.map(|(slot, _)| (link6::slot_address(*slot), link_of(*slot)));
        held.chain(sharers).collect()
    }
}

impl Net {
    /// Whether slots of a place are made to speak IPv6.
    pub(super) fn has_ipv6(&self, place: Place) -> bool {
        match place {
            Place::Outside => false,
            Place::Vpc(id) => self.vpc(id).is_ok_and(|vpc| !lock(&vpc).plan.cidrs6.is_empty()),
        }
    }
}

/// Has the link of a slot that was made without IPv6 speak it; in the slot's namespace.
fn teach_slot() -> io::Result<()> {
    let mut messages = Messages::default();
    link::up_v4(&mut messages, SLOT_LINK);
    Socket::open(libc::NETLINK_ROUTE)?.transact(messages)?;
    namespace::set("ipv6/conf/eth0/disable_ipv6", "0")
}
