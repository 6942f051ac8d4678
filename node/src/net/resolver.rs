//! The resolver of a VPC, as far as it is the node's: its sockets, which are at the router itself and are
//! made with that, once. Who answers is given them.

use std::io;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, UdpSocket};
use std::sync::Arc;

use engine::id::{EnvironmentId, VpcId};
use engine::network::name::LINK_LOCAL;
use engine::plan::{DnsPlan, VpcPlan};

use super::asks::DNS;
use super::link::{self, LOOPBACK};
use super::namespace;
use super::netlink::Messages;
use super::router::Router;
use super::slots::slot_at;
use super::{Net, lock, outside};
use crate::agent::Place;

/// What a connection may have waiting here: answers are small.
const BUFFER: &str = "4096 16384 65536";

/// What is said to those who ask.
const OPTIONS: &str = "options timeout:2 attempts:2\n";

/// The sockets of a VPC's resolver: a pair for each of its addresses.
#[derive(Debug)]
pub struct Sockets {
    /// For questions of one packet each.
    pub udp: Vec<UdpSocket>,
    /// For those that come by connections.
    pub tcp: Vec<TcpListener>,
}

/// What becomes of resolvers.
#[derive(Debug)]
pub enum Resolving {
    /// A VPC's is asked by these from now on.
    Begins(VpcId, Sockets),
    /// The VPC is gone: its sockets are to be closed.
    Ends(VpcId),
}

/// Who answers.
pub type Resolver = Box<dyn Fn(Resolving) + Send + Sync>;

/// The text of `/etc/resolv.conf` in a VPC.
fn conf(plan: &DnsPlan) -> Arc<str> {
    let servers = plan.servers.iter().map(|server| format!("nameserver {server}\n"));
    let mut text: String = servers.collect();
    if text.is_empty() {
        return Arc::default();
    }
    text.extend(plan.domain.iter().map(|domain| format!("search {domain}\n")));
    (text + OPTIONS).into()
}

impl Net {
    /// Has somebody answer at the resolvers of VPCs; to be called before there are any.
    pub fn resolve_by(&self, resolver: Resolver) {
        // Once: who would come second is never heard of.
        let _ = self.resolver.set(resolver);
    }

    /// Has a VPC's resolver answered, if anybody does.
    pub(super) fn begin_resolver(
        &self,
        id: VpcId,
        router: &mut Router,
        plan: &VpcPlan,
    ) -> io::Result<()> {
        let Some(resolver) = self.resolver.get() else { return Ok(()) };
        let opened = router.open_resolver(plan)?;
        opened.into_iter().for_each(|sockets| resolver(Resolving::Begins(id, sockets)));
        Ok(())
    }

    /// The VPC is gone. Its sockets keep the router's namespace until they are closed.
    pub(super) fn end_resolver(&self, id: VpcId) {
        lock(&self.names).remove(&id);
        self.resolver.get().into_iter().for_each(|resolver| resolver(Resolving::Ends(id)));
    }

    /// Notes how names are resolved by a plan.
    pub(super) fn note_names(&self, plan: &VpcPlan) {
        lock(&self.names).insert(plan.vpc, conf(&plan.dns));
    }

    /// The text of `/etc/resolv.conf` at a place.
    pub(super) fn conf_at(&self, place: Place) -> Arc<str> {
        match place {
            Place::Outside => {
                let known = lock(&self.outside).as_ref().map(|outside| outside.reach.resolver);
                let resolver = known.unwrap_or_else(outside::resolver);
                let servers = resolver.into_iter().collect();
                conf(&DnsPlan { resolver: None, servers, domain: None })
            }
            Place::Vpc(id) => lock(&self.names).get(&id).cloned().unwrap_or_default(),
        }
    }

    /// In which environment somebody sends from an address in a VPC.
    pub(super) fn asker_in(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EnvironmentId> {
        let vpc = self.vpc(vpc).ok()?;
        let known = lock(&vpc);
        known.router.as_ref().and_then(|router| router.asker(address))
    }
}

impl Router {
    /// Makes the sockets of the VPC's resolver; none where its plan has none.
    pub(super) fn open_resolver(&mut self, plan: &VpcPlan) -> io::Result<Option<Sockets>> {
        let Some(own) = plan.dns.resolver else { return Ok(None) };
        let places = [own, LINK_LOCAL].map(|address| SocketAddrV4::new(address, DNS));
        let mut messages = Messages::default();
        for place in places {
            link::add_address(&mut messages, LOOPBACK, *place.ip(), 32);
        }
        self.route.transact(messages)?;
        namespace::enter(&self.namespace, || {
            namespace::set("ipv4/tcp_rmem", BUFFER)?;
            namespace::set("ipv4/tcp_wmem", BUFFER)?;
            let mut sockets = Sockets { udp: Vec::new(), tcp: Vec::new() };
            for place in places {
                sockets.udp.push(UdpSocket::bind(place)?);
                sockets.tcp.push(TcpListener::bind(place)?);
            }
            Ok(Some(sockets))
        })
    }

    /// In which environment somebody sends from an address here.
    fn asker(&self, address: Ipv4Addr) -> Option<EnvironmentId> {
        let slot = slot_at(address).or_else(|| self.eni_at(address)?.slot);
        self.attached.get(&slot?)?.environment
    }
}
