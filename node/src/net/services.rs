//! AWS's services, as a node lets them be asked: at their public addresses, and at VPC endpoints.
//!
//! What a gateway endpoint leads to a service does not leave the VPC's router. It is marked by the routes,
//! as what a NAT gateway leads out is, and translated to the router itself, where the server listens.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;

use engine::id::{EniId, VpcEndpointId, VpcId};
use engine::plan::{RouteTarget, VpcPlan};

use super::nft::{Batch, ESTABLISHED, Hook, RELATED, Rule, Verdict};
use super::router::{GATEWAY, Router, slot_at};
use super::rules::PREROUTING;
use super::{Net, lock, namespace};

/// The ports at which services are asked: encrypted, and not.
pub(super) const PORTS: [u16; 2] = [443, 80];
/// What stands in the lower half of the mark of what is led to a gateway endpoint: no set's number, and no
/// NAT gateway's code.
pub(super) const CODE: u16 = u16::MAX;
/// The chain of what is led to a gateway endpoint.
pub(super) const ENDPOINT: &str = "endpoint";
/// The chain of what the router itself is sent, which is filled where there are endpoints.
pub(super) const ASKED: &str = "asked";
/// The chain that leads it to the router.
const TO_ROUTER: &str = "to_endpoint";

/// What a connection may have waiting here: like all else of a function's, its bytes are bounded, and here
/// they are not counted as its own.
const BUFFER: &str = "4096 65536 262144";

/// A socket at which AWS's services are asked for.
#[derive(Debug)]
pub struct Heard {
    /// The socket; once the node has ended it, it accepts nothing any more.
    pub listener: TcpListener,
    /// Whether what comes is encrypted.
    pub is_tls: bool,
    /// Where it is.
    pub at: HeardAt,
}

/// Where services are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeardAt {
    /// At their public addresses.
    Public,
    /// Behind the gateway endpoints of a VPC: by whose, the sender tells.
    Gateways(VpcId),
    /// At an ENI of an interface endpoint.
    Interface(VpcEndpointId),
}

/// Who serves AWS's services.
pub type Services = Box<dyn Fn(Heard) + Send + Sync>;

/// Sockets that are listened at until this is dropped.
pub(super) struct Hearing(Vec<Arc<TcpListener>>);

impl fmt::Debug for Hearing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hearing").field(&self.0.len()).finish()
    }
}

impl Hearing {
    /// Listens at an address of a namespace, for as long as there is somebody who serves.
    pub(super) fn start(
        namespace: &OwnedFd,
        address: Ipv4Addr,
        at: HeardAt,
        services: &Services,
    ) -> io::Result<Hearing> {
        let mut hearing = Hearing(Vec::new());
        for port in PORTS {
            let listener = namespace::enter(namespace, || {
                namespace::set("ipv4/tcp_rmem", BUFFER)?;
                namespace::set("ipv4/tcp_wmem", BUFFER)?;
                TcpListener::bind(SocketAddrV4::new(address, port))
            })?;
            hearing.0.push(Arc::new(listener.try_clone()?));
            services(Heard { listener, is_tls: port == PORTS[0], at });
        }
        Ok(hearing)
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        for listener in &self.0 {
            // SAFETY: the descriptor is the listener's own, and no memory is passed.
            // JUSTIFICATION: std does not shut listeners down, which is what ends a waiting accept.
            unsafe { libc::shutdown(listener.as_raw_fd(), libc::SHUT_RDWR) };
        }
    }
}

/// Whether gateway endpoints are in a plan.
pub(super) fn has_gateways(plan: &VpcPlan) -> bool {
    let mut routes = plan.tables.values().flat_map(|table| &table.routes);
    routes.any(|route| matches!(route.target, RouteTarget::Endpoint(_)))
}

/// What is there before any endpoint is.
pub(super) fn base(batch: &mut Batch) {
    batch.add_chain(ENDPOINT, None);
    batch.add_rule(ENDPOINT, &Rule::new().set_lower_mark(CODE).then(Verdict::Accept));
    batch.add_chain(ASKED, None);
}

/// Has what is led to gateway endpoints arrive at the router, where there are some.
pub(super) fn change(batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
    let (had, has) = (before.is_some_and(has_gateways), has_gateways(plan));
    if has && !had {
        let nat = Hook { number: PREROUTING, priority: -100, is_nat: true, accepts: true };
        batch.add_chain(TO_ROUTER, Some(nat));
        let led = Rule::new().has_lower_mark(CODE).load(GATEWAY);
        batch.add_rule(TO_ROUTER, &led.destination_nat());
        let known = Rule::new().state(ESTABLISHED | RELATED);
        batch.add_rule(ASKED, &known.then(Verdict::Accept));
        for port in PORTS {
            let asks = Rule::new().has_lower_mark(CODE).protocol(6).ports(port, port);
            batch.add_rule(ASKED, &asks.then(Verdict::Accept));
        }
    }
    if had && !has {
        for chain in [TO_ROUTER, ASKED] {
            batch.flush_chain(chain);
        }
        batch.delete_chain(TO_ROUTER);
    }
}

impl Net {
    /// Has AWS's services served; to be called before there are functions.
    pub fn serve_services(&self, services: Services) {
        // Once: who would come second is never heard of.
        let _ = self.services.set(services);
    }

    /// Has those heard who ask at the public addresses of services.
    pub(super) fn hear_public(&self, outside: &mut Router) -> io::Result<()> {
        let Some(services) = self.services.get() else { return Ok(()) };
        let (at, namespace) = (HeardAt::Public, &outside.namespace);
        outside.hearing =
            Some(Hearing::start(namespace, Ipv4Addr::UNSPECIFIED, at, services)?);
        Ok(())
    }

    /// The ENI that sends from an address in a VPC.
    pub(super) fn sender_in(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniId> {
        let vpc = self.vpc(vpc).ok()?;
        let known = lock(&vpc);
        known.router.as_ref()?.sender_at(address)
    }
}

impl Router {
    /// Has those heard who ask behind gateway endpoints, where there are some.
    pub(super) fn hear(
        &mut self,
        vpc: VpcId,
        plan: &VpcPlan,
        services: Option<&Services>,
    ) -> io::Result<()> {
        match (has_gateways(plan), services) {
            (true, Some(services)) if self.hearing.is_none() => {
                let at = HeardAt::Gateways(vpc);
                let hearing = Hearing::start(&self.namespace, GATEWAY, at, services)?;
                self.hearing = Some(hearing);
            }
            (true, _) => {}
            (false, _) => self.hearing = None,
        }
        Ok(())
    }

    /// The ENI that sends from an address: its own, or that of a slot behind it.
    pub(super) fn sender_at(&self, address: Ipv4Addr) -> Option<EniId> {
        let behind = slot_at(address).and_then(|slot| self.attached.get(&slot));
        if let Some(attached) = behind {
            return attached.eni;
        }
        let mut held = self.enis.values().filter(|known| known.plan.address == address);
        held.next().map(|known| known.plan.eni)
    }
}
