//! The edge: VPCs whose public addresses are at the router to the outside, by a link of their own.
//!
//! A VPC has such a link once something in it has a public address; until then nothing of it could pass
//! an internet gateway anyway. The link lives as long as both routers.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use engine::cidr::Cidr;
use engine::id::{EniId, SubnetId, VpcId};
use engine::limits::PUBLIC_ADDRESSES;
use engine::network::exit::Exit;
use engine::plan::{PublicPlan, VpcPlan};

use super::conntrack::{self, Tracked};
use super::link::{self, End, Mac, UPLINK_INDEX, unless_gone};
use super::names;
use super::names::UPLINK;
use super::netlink::Messages;
use super::nft::Batch;
use super::outside::{Edge, Outside};
use super::router::{GATEWAY, Router};
use super::rules::{self, Reach};
use super::slots::link_local;
use super::{FlowTeller, Net, Vpc, endpoints, link6, lock, routes6};
use crate::agent::NetworkError;

/// The index of its other end is its number above this: no slot's.
const FIRST_EDGE: u32 = 100_000;
/// The ends' hardware addresses, and the addresses by which routes lead over the link.
pub(super) const INNER: (Ipv4Addr, Mac) = (Ipv4Addr::new(169, 254, 0, 2), [0x02, 0xed, 0, 0, 0, 2]);
pub(super) const OUTER: (Ipv4Addr, Mac) = (Ipv4Addr::new(169, 254, 0, 1), [0x02, 0xed, 0, 0, 0, 1]);

impl Outside {
    /// Links the router of a VPC to this one.
    fn connect(&mut self, vpc: VpcId, inner: &mut Router) -> io::Result<()> {
        self.disconnect(vpc)?;
        self.last_edge += 1;
        let index = FIRST_EDGE + self.last_edge;
        let name = format!("edge{}", self.last_edge);
        let here = End { index, name: &name, mac: OUTER.1 };
        let there = End { index: UPLINK_INDEX, name: UPLINK, mac: INNER.1 };
        inner.forget_uplink()?;
        link::add_pair(&mut self.router.route, &here, &there, &inner.namespace)?;
        let mut messages = Messages::default();
        link::up(&mut messages, index);
        link::add_neighbour(&mut messages, index, INNER.0, INNER.1);
        self.router.route.transact(messages)?;
        let mut messages = Messages::default();
        link::up(&mut messages, UPLINK_INDEX);
        link::add_neighbour(&mut messages, UPLINK_INDEX, OUTER.0, OUTER.1);
        link::add_default(&mut messages, UPLINK_INDEX, OUTER.0);
        inner.route.transact(messages)?;
        // Looked at, neither end loses its first packets.
        link::look(&mut self.router.route, index)?;
        link::look(&mut inner.route, UPLINK_INDEX)?;
        let (addresses, from_host) = (BTreeSet::new(), BTreeSet::new());
        let blocks6 = BTreeSet::new();
        self.edges.insert(vpc, Edge { index, addresses, from_host, blocks6 });
        Ok(())
    }

    /// Has no link of a VPC.
    fn disconnect(&mut self, vpc: VpcId) -> io::Result<()> {
        self.publish(vpc, &BTreeSet::new())?;
        let Some(edge) = self.edges.remove(&vpc) else { return Ok(()) };
        self.unpublish6(&edge.blocks6)?;
        unless_gone(link::delete(&mut self.router.route, edge.index))
    }

    /// Has these public addresses, and no others, lead to a VPC.
    fn publish(&mut self, vpc: VpcId, wanted: &BTreeSet<Ipv4Addr>) -> io::Result<()> {
        let Some(edge) = self.edges.get_mut(&vpc) else { return Ok(()) };
        if edge.addresses == *wanted {
            return Ok(());
        }
        let new: Vec<Ipv4Addr> = wanted.difference(&edge.addresses).copied().collect();
        let gone: Vec<Ipv4Addr> = edge.addresses.difference(wanted).copied().collect();
        let index = edge.index;
        edge.addresses.clone_from(wanted);
        let mut batch = Batch::new(names::TABLE);
        for address in &new {
            batch.add_member(rules::PUBLISHED, *address);
            let mut messages = Messages::default();
            link::add_route_via(&mut messages, index, *address, INNER.0, false);
            self.router.route.transact(messages)?;
            self.lead_from_host(vpc, *address);
        }
        for address in gone {
            let mut messages = Messages::default();
            link::remove_route_via(&mut messages, index, address);
            unless_gone(self.router.route.transact(messages))?;
            let elsewhere = self.edges.values().any(|edge| edge.addresses.contains(&address));
            if !elsewhere {
                batch.remove_key(rules::PUBLISHED, address.octets());
            }
            self.lead_from_host_no_more(vpc, address)?;
            conntrack::forget(&mut self.router.filter, address.into())?;
        }
        batch.commit(&mut self.router.filter)
    }

    /// Has the host reach a public address. One that leads elsewhere already is another's.
    fn lead_from_host(&mut self, vpc: VpcId, address: Ipv4Addr) {
        let had = self.edges.iter_mut().find(|(_, edge)| edge.from_host.contains(&address));
        if let Some((_, edge)) = had {
            // By the same link, whichever VPC it is of.
            edge.from_host.remove(&address);
        } else {
            let mut messages = Messages::default();
            let (link, peer) = (self.host.link, self.host.peer);
            link::add_route_via(&mut messages, link, address, peer, true);
            if let Err(error) = self.host.route.transact(messages) {
                return tracing::warn!(%vpc, %address, %error, "public address not reached from the host");
            }
        }
        if let Some(edge) = self.edges.get_mut(&vpc) {
            edge.from_host.insert(address);
        }
    }

    fn lead_from_host_no_more(&mut self, vpc: VpcId, address: Ipv4Addr) -> io::Result<()> {
        let is_led = self.edges.get_mut(&vpc).is_some_and(|edge| edge.from_host.remove(&address));
        if !is_led {
            return Ok(());
        }
        let mut messages = Messages::default();
        link::remove_route_via(&mut messages, self.host.link, address);
        unless_gone(self.host.route.transact(messages))
    }
}

impl Router {
    /// Removes a link to the outside that an earlier run has left.
    fn forget_uplink(&mut self) -> io::Result<()> {
        match link::find(&mut self.route, UPLINK) {
            Ok(seen) => unless_gone(link::delete(&mut self.route, seen.index)),
            Err(_) => Ok(()),
        }
    }

    /// Lets out and in what has public addresses; of the outside this is reached.
    fn open_edge(&mut self, within: Reach) -> io::Result<()> {
        let mut batch = Batch::new(names::TABLE);
        rules::open_gates(&mut batch, &within, self.gates());
        batch.commit(&mut self.filter)?;
        self.edge = Some(within);
        Ok(())
    }

    /// What of the outside is reached from here, from now on.
    fn change_edge(&mut self, within: &Reach) -> io::Result<()> {
        let mut batch = Batch::new(names::TABLE);
        rules::reach(&mut batch, within);
        batch.commit(&mut self.filter)?;
        self.edge = Some(within.clone());
        Ok(())
    }

    /// The slots behind ENIs that have these public addresses, with those.
    pub(super) fn sharers(&self, publics: &BTreeMap<EniId, Ipv4Addr>) -> Vec<(Ipv4Addr, Ipv4Addr)> {
        if publics.is_empty() {
            return Vec::new();
        }
        let behind = self.attached.iter().filter(|(_, attached)| attached.is_shared);
        let behind = behind.filter_map(|(slot, attached)| {
            Some((link_local(*slot), *publics.get(&attached.eni?)?))
        });
        behind.collect()
    }

    /// The addresses that packets are sent from, with the ENIs that they are of and their subnets.
    pub(super) fn senders(&self) -> BTreeMap<Ipv4Addr, (EniId, SubnetId)> {
        let of = |eni: &EniId| self.enis.get(eni).map(|known| (*eni, known.plan.subnet));
        let own = self.enis.values().map(|known| known.plan.address);
        let own = own.zip(self.enis.keys()).filter_map(|(at, eni)| Some((at, of(eni)?)));
        let behind = self.attached.iter().filter(|(_, attached)| attached.is_shared);
        let behind = behind
            .filter_map(|(slot, attached)| Some((link_local(*slot), of(attached.eni.as_ref()?)?)));
        let secondary = self.secondaries.iter().flat_map(|(eni, held)| {
            held.iter().filter_map(move |address| Some((*address, of(eni)?)))
        });
        own.chain(behind).chain(secondary).collect()
    }

    /// Forgets connections with the outside that would not begin so by another plan: routes are
    /// looked at for every packet, also where a connection is known.
    fn forget_stale(&mut self, before: &VpcPlan, plan: &VpcPlan) -> io::Result<()> {
        if self.speaks_ipv6 && routes6::differ(before, plan) {
            // Those that may go on are judged anew, and go on.
            let is_own = |at: Ipv6Addr| before.cidrs6.iter().any(|block| block.contains(at));
            let is_slots = |at: Ipv6Addr| link6::is_of_slots(at);
            conntrack::forget_but6(&mut self.filter, |at| is_own(at) || is_slots(at))?;
        }
        let is_same = before.tables == plan.tables
            && before.subnets == plan.subnets
            && before.gateway == plan.gateway
            && before.publics == plan.publics
            && before.secondary_publics == plan.secondary_publics
            && before.nats == plan.nats;
        let known: BTreeSet<Ipv4Addr> =
            before.public_addresses().union(&plan.public_addresses()).copied().collect();
        if is_same || known.is_empty() && !endpoints::has_gateways(before) {
            return Ok(());
        }
        let all = conntrack::tracked(&mut self.filter)?;
        // A gateway endpoint's are answered at the router itself.
        let is_endpoints =
            |each: &Tracked| each.answered_by == GATEWAY && each.destination != GATEWAY;
        let is_outside = |each: &Tracked| {
            let is_public = known.contains(&each.answered_at) || known.contains(&each.destination);
            is_public || is_endpoints(each)
        };
        let outside: Vec<Tracked> = all.into_iter().filter(is_outside).collect();
        if outside.is_empty() {
            return Ok(());
        }
        let senders = self.senders();
        let is_stale = |each: &Tracked| match senders.get(&each.source) {
            Some(sender) if is_endpoints(each) => {
                let exit = plan.exit(*sender, each.destination, each.protocol);
                !matches!(exit, Ok(Exit::Endpoint(_)))
            }
            Some(sender) if known.contains(&each.answered_at) => {
                let exit = plan.exit_from(each.source, *sender, each.destination, each.protocol);
                !exit.is_ok_and(|exit| exit.public() == Some(each.answered_at))
            }
            // Within the VPC.
            Some(_) => false,
            None => {
                let is_it = |public: &PublicPlan| {
                    (public.public, public.private) == (each.destination, each.answered_by)
                };
                plan.gateway.is_none() || !plan.all_publics().any(is_it)
            }
        };
        let stale: Vec<Tracked> = outside.into_iter().filter(is_stale).collect();
        conntrack::forget_all(&mut self.filter, &stale)
    }
}

/// Whether a VPC is to have a link to the outside: something in it has a public address, or is led out by
/// IPv6.
fn needs_edge(plan: &VpcPlan) -> bool {
    !plan.public_addresses().is_empty() || routes6::leads_out(plan)
}

impl Net {
    /// Has somebody told what routers count of flows; to be called before there are any.
    pub fn tell_flows(&self, teller: FlowTeller) {
        self.reader.tell(teller);
    }

    /// Has a VPC's flows be read while it is there and counts them.
    pub(super) fn read_flows(&self, id: VpcId, vpc: &Arc<Mutex<Vpc>>) -> io::Result<()> {
        let vpc = Arc::downgrade(vpc);
        let read = move || {
            let vpc = vpc.upgrade()?;
            let counted = lock(&vpc).router.as_mut()?.counted(id);
            Some(counted)
        };
        self.reader.add(id, Box::new(move || read().unwrap_or((None, false))))
    }

    /// The block that public addresses are of, which VPCs reach of each other's; to be called before
    /// there are any. They are of the usual one otherwise.
    pub fn publish_from(&self, block: Cidr) {
        // Once: another one is never heard of.
        let _ = self.public_block.set(block);
    }

    /// What VPCs reach of the outside: as functions without one do, and each other's public addresses.
    fn within(&self, outside: &Outside) -> Reach {
        let mut within = outside.reach.clone();
        within.allowed.push(self.public_block());
        within
    }

    /// The block that public addresses are of.
    pub(super) fn public_block(&self) -> Cidr {
        let usual = || {
            let (base, prefix) = PUBLIC_ADDRESSES;
            Cidr::containing(base, prefix).expect("it is a block")
        };
        self.public_block.get().copied().unwrap_or_else(usual)
    }

    /// Has a router be linked to the outside where its VPC's plan needs that.
    pub(super) fn connect(
        &self,
        id: VpcId,
        router: &mut Router,
        plan: &VpcPlan,
        begins: bool,
    ) -> Result<(), NetworkError> {
        if router.edge.is_some() || !needs_edge(plan) {
            return Ok(());
        }
        let failed = NetworkError::of("linking a VPC to the outside");
        let mut outside = self.outside()?;
        let outside = outside.as_mut().expect("it was made");
        outside.connect(id, router).map_err(&failed)?;
        let within = self.within(outside);
        if begins {
            // Its rules are yet to come.
            router.edge = Some(within);
            return Ok(());
        }
        router.open_edge(within).map_err(&failed)
    }

    /// Has the public addresses of a VPC, and no others, lead to it.
    pub(super) fn publish(
        &self,
        id: VpcId,
        router: &Router,
        addresses: &BTreeSet<Ipv4Addr>,
    ) -> Result<(), NetworkError> {
        if router.edge.is_none() {
            return Ok(());
        }
        let mut outside = lock(&self.outside);
        let Some(outside) = outside.as_mut() else { return Ok(()) };
        outside.publish(id, addresses).map_err(NetworkError::of("publishing addresses of a VPC"))
    }

    /// Puts another plan of a VPC in force at its router: all of it, or nothing.
    pub(super) fn change(
        &self,
        router: &mut Router,
        before: &VpcPlan,
        plan: &VpcPlan,
    ) -> Result<(), NetworkError> {
        let id = plan.vpc;
        self.connect(id, router, plan, false)?;
        let (had, has) = (before.public_addresses(), plan.public_addresses());
        self.publish(id, router, &had.union(&has).copied().collect())?;
        let changed = router.change(before, plan);
        changed.map_err(NetworkError::of("changing the rules of a VPC"))
    }

    /// Has everything around the rules of a VPC follow a plan that they are by, and not the one that it
    /// followed last: what is listened at, connections, links, and the router to the outside. It can be done
    /// again where a part of it could not be.
    pub(super) fn follow(
        &self,
        router: &mut Router,
        before: &VpcPlan,
        plan: &VpcPlan,
    ) -> Result<(), NetworkError> {
        let id = plan.vpc;
        let heard = router.hear(id, plan, self.services.get());
        heard.map_err(NetworkError::of("serving gateway endpoints"))?;
        let forgotten = router.forget_stale(before, plan);
        forgotten.map_err(NetworkError::of("ending connections with the outside"))?;
        let unlinked = router.unlink_peers();
        unlinked.map_err(NetworkError::of("unlinking VPCs that are no peers any more"))?;
        let forgotten = router.forget_led(before, plan);
        forgotten.map_err(NetworkError::of("ending connections that are led otherwise"))?;
        let untracked = router.untrack(before, plan);
        untracked.map_err(NetworkError::of("ending connections that are not tracked"))?;
        self.publish6(id, router, plan)?;
        self.publish(id, router, &plan.public_addresses())
    }

    /// A VPC is gone, and its router with it.
    pub(super) fn leave_edge(&self, id: VpcId) {
        let mut outside = lock(&self.outside);
        let left = outside.as_mut().map_or(Ok(()), |outside| outside.disconnect(id));
        super::note(left.map_err(NetworkError::of("unlinking a VPC from the outside")), &id);
    }

    /// Has VPCs be kept from what has come near the host. No VPC is held meanwhile.
    pub(super) fn spread(&self) {
        if !self.is_near_stale.swap(false, Ordering::Relaxed) {
            return;
        }
        let within = lock(&self.outside).as_ref().map(|outside| self.within(outside));
        let Some(within) = within else { return };
        let vpcs: Vec<_> = lock(&self.vpcs).iter().map(|(id, vpc)| (*id, vpc.clone())).collect();
        for (id, vpc) in vpcs {
            let mut known = lock(&vpc);
            let Some(router) = known.router.as_mut() else { continue };
            if router.edge.as_ref().is_some_and(|edge| *edge != within) {
                let changed = router.change_edge(&within);
                super::note(
                    changed.map_err(NetworkError::of("closing what is near the host")),
                    &id,
                );
            }
        }
    }

    /// Looks what is near the host, where VPCs are linked to the outside. No VPC is held meanwhile.
    pub(super) fn look_near(&self) -> Result<(), NetworkError> {
        let is_linked =
            lock(&self.outside).as_ref().is_some_and(|outside| !outside.edges.is_empty());
        if is_linked {
            drop(self.outside()?);
            self.spread();
        }
        Ok(())
    }
}
