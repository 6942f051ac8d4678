//! A VPC's router: a network namespace with its links, routes and rules, and the slots at it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId};
use engine::node::Attachment;
use engine::plan::{EniPlan, GroupPlan, VpcPlan};

use super::acl::Acls;
use super::flows::{self, Meter, Untold};
use super::groups::Groups;
use super::hearing::Hearing;
use super::hops::Held;
use super::link::{self, End, LOOPBACK, Mac, SLOT_LINK};
use super::names;
use super::netlink::{Messages, Socket};
use super::nft::Batch;
use super::routes::{Routing, shared_publics};
use super::rules::Reach;
use super::slots::{FIRST_LINK, SLOTS, is_anothers, link_local, slot_mac, slot_of};
use super::{conntrack, endpoints, flow_rules, link6, namespace, rules};
use crate::agent::NetworkError;

/// The gateway of every slot: an address of the router that no VPC can have.
pub(super) const GATEWAY: Ipv4Addr = Ipv4Addr::new(169, 254, 1, 1);
/// The router's hardware address at every link.
pub(super) const ROUTER_MAC: Mac = [0xee, 0xee, 0xee, 0xee, 0xee, 0xee];

/// What a router keeps of an ENI.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) plan: EniPlan,
    pub(super) set: u16,
    /// The slot that holds its address; none for a shared one.
    pub(super) slot: Option<u16>,
}

/// Who is attached at a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attached {
    pub(super) eni: Option<EniId>,
    pub(super) environment: Option<EnvironmentId>,
    pub(super) is_shared: bool,
    /// Whether it has IPv6 by the ENI that it shares.
    pub(super) shares_ipv6: bool,
}

/// A slot's end of things.
#[derive(Debug)]
pub(super) struct Port {
    pub(super) number: u16,
    pub(super) socket: Socket,
    /// Whether its link speaks IPv6.
    pub(super) speaks_ipv6: bool,
}

/// A router that is there.
#[derive(Debug)]
pub(super) struct Router {
    pub(super) namespace: OwnedFd,
    pub(super) route: Socket,
    pub(super) filter: Socket,
    pub(super) groups: Groups,
    pub(super) enis: BTreeMap<EniId, Known>,
    /// By their addresses.
    pub(super) addressed: HashMap<Ipv4Addr, EniId>,
    pub(super) attached: BTreeMap<u16, Attached>,
    pub(super) routing: Routing,
    pub(super) acls: Acls,
    /// What of the outside is reached, where there is a link to it.
    pub(super) edge: Option<Reach>,
    /// Whether there are known connections that are judged all the same.
    pub(super) judges_untracked: bool,
    /// Who asks here for AWS's services is heard.
    pub(super) hearing: Option<Hearing>,
    /// The public addresses of shared ENIs.
    pub(super) shared_publics: BTreeMap<EniId, Ipv4Addr>,
    last_slot: u16,
    /// Addresses that somebody held before; of an earlier run it is not known.
    pub(super) used: BTreeSet<Ipv4Addr>,
    pub(super) used6: BTreeSet<Ipv6Addr>,
    /// The secondary addresses of ENIs of resources.
    pub(super) secondaries: BTreeMap<EniId, BTreeSet<Ipv4Addr>>,
    /// The ENIs by them.
    pub(super) secondary_at: HashMap<Ipv4Addr, EniId>,
    pub(super) is_adopted: bool,
    /// The links by which packets of any source may come; unknown at first.
    pub(super) loose: Option<BTreeSet<String>>,
    /// Whether its links speak IPv6.
    pub(super) speaks_ipv6: bool,
    /// How packets are counted, where they are.
    pub(super) meter: Option<Meter>,
    pub(super) untold: Untold,
}

impl Known {
    /// By which link it is reached, if it is held at one.
    pub(super) fn held(&self) -> Option<Held> {
        let link = FIRST_LINK + u32::from(self.slot?);
        Some(Held { link, slot: self.slot?, set: self.set, address: self.plan.address })
    }
}

/// Settings of a router's namespace, before it has any link.
fn settle() -> io::Result<()> {
    namespace::set("ipv4/ip_forward", "1")?;
    for which in ["all", "default"] {
        // A source must be that of the link it comes by: a /32 route makes that strict.
        namespace::set(&format!("ipv4/conf/{which}/rp_filter"), "1")?;
        namespace::set(&format!("ipv4/conf/{which}/send_redirects"), "0")?;
        // A packet does not say by itself where it is led.
        namespace::set(&format!("ipv4/conf/{which}/accept_source_route"), "0")?;
    }
    // A link that does not speak it either is made in less time.
    namespace::without_ipv6()
}

impl Router {
    /// Makes a router, or adopts the one that is pinned at the path.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Router> {
        let sockets =
            || Ok((Socket::open(libc::NETLINK_ROUTE)?, Socket::open(libc::NETLINK_NETFILTER)?));
        let pinned = path.and_then(namespace::pinned);
        let is_adopted = pinned.is_some();
        let (namespace, (mut route, filter)) = match pinned {
            Some(namespace) => {
                let sockets = namespace::enter(&namespace, sockets)?;
                (namespace, sockets)
            }
            None => {
                let made = namespace::make(|| {
                    settle()?;
                    sockets()
                })?;
                if let Some(path) = path {
                    namespace::pin(&made.0, path)?;
                }
                made
            }
        };
        let mut messages = Messages::default();
        link::up(&mut messages, LOOPBACK);
        link::add_address(&mut messages, LOOPBACK, GATEWAY, 32);
        route.transact(messages)?;
        Ok(Router {
            namespace,
            route,
            filter,
            groups: Groups::default(),
            enis: BTreeMap::new(),
            addressed: HashMap::new(),
            attached: BTreeMap::new(),
            routing: Routing::default(),
            acls: Acls::default(),
            edge: None,
            judges_untracked: false,
            loose: None,
            hearing: None,
            shared_publics: BTreeMap::new(),
            last_slot: 0,
            used: BTreeSet::new(),
            used6: BTreeSet::new(),
            secondaries: BTreeMap::new(),
            secondary_at: HashMap::new(),
            is_adopted,
            speaks_ipv6: false,
            meter: None,
            untold: Untold::default(),
        })
    }

    /// Puts a VPC's plan in force where nothing is, without any ENI.
    pub(super) fn begin(&mut self, plan: &VpcPlan) -> io::Result<()> {
        self.speak_ipv6(plan)?;
        let mut batch = Batch::new(names::TABLE);
        rules::base(&mut batch, plan, self.edge.as_ref());
        self.change6(&mut batch, None, plan);
        self.groups.put(&mut batch, plan.groups.values());
        self.routing.change(&mut batch, None, plan, std::iter::empty());
        self.put_hops(&mut batch, None, plan);
        endpoints::change(&mut batch, None, plan, (names::PREROUTING, GATEWAY));
        self.acls.change(&mut batch, None, plan);
        flows::change_nats(&mut batch, None, plan);
        let outcome = self.lead().and_then(|()| batch.commit(&mut self.filter));
        if outcome.is_err() {
            self.groups = Groups::default();
            self.routing = Routing::default();
            self.acls = Acls::default();
        } else {
            self.shared_publics = shared_publics(plan);
            self.know_secondaries(plan);
            self.is_metered_by(plan, self.is_adopted);
        }
        outcome?;
        if self.is_adopted { self.look_for_untracked() } else { Ok(()) }
    }

    /// Puts another plan of the VPC in force: all that is different of it, or, when the kernel
    /// refuses a part, nothing. Established connections go on.
    pub(super) fn change(&mut self, before: &VpcPlan, plan: &VpcPlan) -> io::Result<()> {
        let outcome = self.change_once(before, plan);
        // Kernels differ in what they take for an overlap within one transaction (docs/decisions/0054).
        if outcome.is_ok() || self.acls.renumber(true) {
            return outcome;
        }
        let again = self.change_once(before, plan);
        if again.is_err() {
            // It was something else.
            self.acls.renumber(false);
        }
        again
    }

    fn change_once(&mut self, before: &VpcPlan, plan: &VpcPlan) -> io::Result<()> {
        self.speak_ipv6(plan)?;
        if !plan.is_metered || self.secondaries != plan.secondaries {
            self.measure();
        }
        let mut batch = Batch::new(names::TABLE);
        if plan.is_metered && !before.is_metered {
            flow_rules::open(&mut batch, 0);
            rules::count_refused(&mut batch, true);
        }
        flows::change_nats(&mut batch, Some(before), plan);
        if before.cidrs != plan.cidrs {
            rules::blocks(&mut batch, plan);
        }
        let known = (self.groups.clone(), self.routing.clone(), self.acls.clone());
        self.change6(&mut batch, Some(before), plan);
        let is_new = |group: &&Arc<GroupPlan>| before.groups.get(&group.group) != Some(*group);
        self.groups.put(&mut batch, plan.groups.values().filter(is_new));
        // What named them is rewritten by now.
        for group in before.groups.keys().filter(|id| !plan.groups.contains_key(id)) {
            self.groups.delete(&mut batch, &mut self.routing, *group);
        }
        if before.subnets != plan.subnets {
            let used = self.enis.values().map(|known| known.set).collect();
            self.groups.delete_unused(&mut batch, &mut self.routing, plan, &used);
        }
        self.change_secondaries(&mut batch, plan);
        let publics = shared_publics(plan);
        let sharers = self.sharers(&publics);
        self.routing.change(&mut batch, Some(before), plan, sharers.into_iter());
        self.put_hops(&mut batch, Some(before), plan);
        endpoints::change(&mut batch, Some(before), plan, (names::PREROUTING, GATEWAY));
        self.acls.change(&mut batch, Some(before), plan);
        if before.is_metered && !plan.is_metered {
            rules::count_refused(&mut batch, false);
            flow_rules::close(&mut batch);
        }
        let outcome = self.lead().and_then(|()| batch.commit(&mut self.filter));
        if outcome.is_err() {
            (self.groups, self.routing, self.acls) = known;
        } else {
            self.shared_publics = publics;
            self.know_secondaries(plan);
            self.is_metered_by(plan, false);
        }
        outcome
    }

    /// The router to the outside: its end of the uplink, with its address and gateway, where slots ask
    /// for what is served at the router itself, and the addresses of AWS's services.
    pub(super) fn begin_outside(
        &mut self,
        uplink: &str,
        (own, host): (Ipv4Addr, Ipv4Addr),
        reach: &Reach,
        (endpoint, services): (SocketAddrV4, Option<Cidr>),
    ) -> io::Result<()> {
        let index = link::find(&mut self.route, uplink)?.index;
        let mut messages = Messages::default();
        link::add_address(&mut messages, index, own, 30);
        link::up_v4(&mut messages, index);
        link::add_default(&mut messages, index, host);
        if let Some(block) = services {
            link::add_own_block(&mut messages, block.base(), block.prefix());
        }
        self.route.transact(messages)?;
        link::look(&mut self.route, index)?;
        let mut batch = Batch::new(names::TABLE);
        rules::outside(&mut batch, (uplink, own), reach, (endpoint, services));
        batch.commit(&mut self.filter)
    }

    /// What of the outside is reached from here, from now on.
    pub(super) fn change_outside(&mut self, reach: &Reach) -> io::Result<()> {
        let mut batch = Batch::new(names::TABLE);
        rules::reach(&mut batch, reach);
        batch.commit(&mut self.filter)
    }

    /// Makes a namespace that has no link yet a slot, with a link to the router and a route by it;
    /// `socket` is for the links in it, and it is known whether they speak IPv6.
    pub(super) fn add_port(
        &mut self,
        namespace: &OwnedFd,
        (socket, speaks_ipv6): (Socket, bool),
    ) -> Result<Port, NetworkError> {
        let number = self.add_link(namespace, None)?;
        let mut port = Port { number, socket, speaks_ipv6 };
        self.settle_port(&mut port, link_local(number), slot_mac(number))
            .map_err(NetworkError::of("addressing a network namespace"))?;
        Ok(port)
    }

    /// The same, with the link of an ENI that an environment holds from the beginning.
    pub(super) fn add_own_port(
        &mut self,
        namespace: &OwnedFd,
        (socket, speaks_ipv6): (Socket, bool),
        environment: EnvironmentId,
        plan: &EniPlan,
    ) -> Result<Port, NetworkError> {
        let number = self.add_link(namespace, Some(plan.mac))?;
        let mut port = Port { number, socket, speaks_ipv6 };
        self.settle_port(&mut port, plan.address, plan.mac)
            .map_err(NetworkError::of("addressing an ENI"))?;
        let may_be_known = self.is_adopted;
        let held = self.hold6(&mut port, plan, &[], may_be_known);
        let held = held.and_then(|()| self.hold(number, plan, may_be_known));
        self.unless_held(held, number, plan)?;
        let (eni, environment) = (Some(plan.eni), Some(environment));
        let attached = Attached { eni, environment, is_shared: false, shares_ipv6: false };
        self.attached.insert(number, attached);
        Ok(port)
    }

    /// Addresses and routes at both ends of a slot's link. Neither has an address of IPv6, which most do not
    /// even speak: see [`namespace::make_slot`].
    fn settle_port(&mut self, port: &mut Port, address: Ipv4Addr, mac: Mac) -> io::Result<()> {
        let mut messages = Messages::default();
        namespace::add_loopback(&mut messages);
        match port.speaks_ipv6 {
            true => link::up_v4(&mut messages, SLOT_LINK),
            false => link::up(&mut messages, SLOT_LINK),
        }
        link::add_address(&mut messages, SLOT_LINK, address, 32);
        link::add_neighbour(&mut messages, SLOT_LINK, GATEWAY, ROUTER_MAC);
        link::add_default(&mut messages, SLOT_LINK, GATEWAY);
        port.socket.transact(messages)?;
        let index = FIRST_LINK + u32::from(port.number);
        let mut messages = Messages::default();
        link::up(&mut messages, index);
        link::add_route(&mut messages, index, address);
        link::add_neighbour(&mut messages, index, address, mac);
        self.route.transact(messages)?;
        link::look(&mut self.route, index)?;
        link::look(&mut port.socket, SLOT_LINK).map(drop)
    }

    /// A pair of links under a number that nobody has; a namespace that is ending may have one
    /// for a while.
    fn add_link(&mut self, namespace: &OwnedFd, mac: Option<Mac>) -> Result<u16, NetworkError> {
        let mut number = self.last_slot;
        for _ in 0..SLOTS {
            number = if number >= SLOTS { 1 } else { number + 1 };
            if self.attached.contains_key(&number) || is_anothers(link_local(number)) {
                continue;
            }
            let index = FIRST_LINK + u32::from(number);
            let name = format!("slot{number}");
            let here = End { index, name: &name, mac: ROUTER_MAC };
            let mac = mac.unwrap_or_else(|| slot_mac(number));
            let there = End { index: SLOT_LINK, name: "eth0", mac };
            match link::add_pair(&mut self.route, &here, &there, namespace) {
                Ok(()) => {
                    self.last_slot = number;
                    return Ok(number);
                }
                Err(error) if matches!(error.raw_os_error(), Some(libc::EEXIST | libc::EBUSY)) => {}
                Err(error) => return Err(NetworkError::of("linking a network namespace")(error)),
            }
        }
        Err(NetworkError::Full("slot"))
    }

    /// Finds the link of a namespace that was linked by an earlier run.
    pub(super) fn adopt_port(&mut self, namespace: &OwnedFd) -> io::Result<Port> {
        let mut socket = namespace::enter(namespace, || Socket::open(libc::NETLINK_ROUTE))?;
        let seen = link::look(&mut socket, SLOT_LINK)?;
        let number = slot_of(seen.peer);
        let number = number.ok_or_else(|| io::Error::other("link leads to no slot"))?;
        // It must lead to this router.
        let end = link::look(&mut self.route, seen.peer)?;
        if end.peer != SLOT_LINK || end.mac != ROUTER_MAC {
            return Err(io::Error::other("link leads elsewhere"));
        }
        let speaks_ipv6 = namespace::enter(namespace, link6::is_spoken)?;
        Ok(Port { number, socket, speaks_ipv6 })
    }

    /// Attaches a slot. The packets of its processes flow when this returns, by rules that were
    /// in force before.
    pub(super) fn attach(
        &mut self,
        port: &mut Port,
        environment: Option<EnvironmentId>,
        attachment: &Attachment,
    ) -> Result<(), NetworkError> {
        let (eni, is_shared) = match attachment {
            Attachment::Outside => (None, false),
            Attachment::Classic(plan) => {
                // A resource that is adopted goes on with the connections it has.
                let may_be_known = self.is_adopted && environment.is_some();
                let held = self.attach_own(port, plan, may_be_known);
                self.unless_held(held, port.number, plan)?;
                (Some(plan.eni), false)
            }
            Attachment::Hyperplane(eni) => {
                self.attach_shared(port, *eni)?;
                (Some(*eni), true)
            }
        };
        let attached = Attached { eni, environment, is_shared, shares_ipv6: false };
        self.attached.insert(port.number, attached);
        if is_shared { self.share6(port) } else { Ok(()) }
    }

    fn attach_own(
        &mut self,
        port: &mut Port,
        plan: &EniPlan,
        may_be_known: bool,
    ) -> Result<(), NetworkError> {
        self.address(port, plan).map_err(NetworkError::of("addressing an ENI"))?;
        self.address_secondaries(port, plan, &BTreeSet::new(), may_be_known)?;
        self.hold6(port, plan, &[], may_be_known)?;
        self.hold(port.number, plan, may_be_known)
    }

    /// Has a slot with an ENI's address be held to the ENI's rules.
    fn hold(
        &mut self,
        number: u16,
        plan: &EniPlan,
        may_be_known: bool,
    ) -> Result<(), NetworkError> {
        if !self.used.insert(plan.address) || may_be_known {
            // What its last holder had established would be let through as established.
            conntrack::forget(&mut self.filter, plan.address.into())
                .map_err(NetworkError::of("forgetting an address's connections"))?;
        }
        self.write_eni(plan, Some(number))
    }

    /// Gives a slot an ENI's address, in the place of its link-local one.
    fn address(&mut self, port: &mut Port, plan: &EniPlan) -> io::Result<()> {
        let mut messages = Messages::default();
        link::set_mac(&mut messages, SLOT_LINK, plan.mac);
        // The new address comes first: a link without any loses its routes.
        link::add_address(&mut messages, SLOT_LINK, plan.address, 32);
        link::remove_address(&mut messages, SLOT_LINK, link_local(port.number), 32);
        match port.socket.transact(messages) {
            // A namespace that was adopted has its address already.
            Err(error) if error.raw_os_error() == Some(libc::EADDRNOTAVAIL) => {}
            other => other?,
        }
        let index = FIRST_LINK + u32::from(port.number);
        let mut messages = Messages::default();
        link::add_neighbour(&mut messages, index, plan.address, plan.mac);
        link::add_route(&mut messages, index, plan.address);
        self.route.transact(messages)
    }

    fn attach_shared(&mut self, port: &Port, eni: EniId) -> Result<(), NetworkError> {
        let gone = || NetworkError::NotThere(format!("shared ENI {eni}"));
        let known = self.enis.get(&eni).ok_or_else(gone)?;
        let key = link_local(port.number).octets();
        let mut batch = Batch::new(names::TABLE);
        batch.add_mapping(names::SENDERS, key, names::mark(port.number, known.set));
        batch.add_mapping(names::TRANSLATIONS, key, known.plan.address.octets());
        if let Some(public) = self.shared_publics.get(&eni) {
            self.routing.add_sharer(&mut batch, link_local(port.number), *public);
        }
        let attached = batch.commit(&mut self.filter);
        if attached.is_err() {
            self.routing.forget_sharer(link_local(port.number));
        }
        attached.map_err(NetworkError::of("attaching to a shared ENI"))
    }

    /// Takes back what was done for an ENI that a slot cannot hold after all.
    fn unless_held(
        &mut self,
        held: Result<(), NetworkError>,
        number: u16,
        plan: &EniPlan,
    ) -> Result<(), NetworkError> {
        if held.is_err()
            && let Err(error) = self.withdraw(number, plan)
        {
            tracing::error!(eni = %plan.eni, %error, "what was made of an ENI stays");
        }
        held
    }

    /// No slot holds an ENI any more, and no route leads to this one by its addresses.
    fn withdraw(&mut self, number: u16, plan: &EniPlan) -> io::Result<()> {
        let mut addresses = self.secondaries_of(plan.eni);
        addresses.insert(plan.address);
        if self.enis.get(&plan.eni).is_some_and(|known| known.slot == Some(number)) {
            self.delete_eni(plan.eni)?;
        }
        self.remove_routes6(number, &plan.addresses6)?;
        addresses.into_iter().try_for_each(|address| self.unroute(number, address))
    }

    /// Takes back what a slot was attached to; its link goes with its namespace.
    pub(super) fn release(&mut self, number: u16) -> io::Result<()> {
        if self.meter.as_ref().is_some_and(Meter::asks_for_slots) {
            self.measure();
        }
        let Some(attached) = self.attached.remove(&number) else { return Ok(()) };
        let Some(eni) = attached.eni else { return Ok(()) };
        if attached.is_shared {
            let key = link_local(number).octets();
            let mut batch = Batch::new(names::TABLE);
            batch.remove_key(names::SENDERS, key);
            batch.remove_key(names::TRANSLATIONS, key);
            self.routing.remove_sharer(&mut batch, link_local(number));
            if attached.shares_ipv6 {
                Router::unshare6(&mut batch, number);
            }
            return batch.commit(&mut self.filter);
        }
        match self.enis.get(&eni).filter(|known| known.slot == Some(number)) {
            Some(known) => self.withdraw(number, &known.plan.clone()),
            None => Ok(()),
        }
    }
}
