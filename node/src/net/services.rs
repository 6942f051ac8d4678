//! AWS's services, as a node lets them be asked: at their public addresses, and at VPC endpoints.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;

use engine::id::{EniId, VpcEndpointId, VpcId};
use engine::plan::VpcPlan;

use super::endpoints::{PORTS, has_gateways};
use super::outside::Outside;
use super::router::{GATEWAY, Router, slot_at};
use super::{Net, lock, namespace};

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

impl Net {
    /// Has AWS's services served; to be called before there are functions.
    pub fn serve_services(&self, services: Services) {
        // Once: who would come second is never heard of.
        let _ = self.services.set(services);
    }

    /// Has those heard who ask at the router to the outside, and at the public addresses of services.
    pub(super) fn hear(&self, outside: &mut Outside) -> io::Result<()> {
        if let Some(listening) = self.listening.get() {
            listening(outside.listen()?);
        }
        let Some(services) = self.services.get() else { return Ok(()) };
        let router = &mut outside.router;
        let (at, everywhere) = (HeardAt::Public, Ipv4Addr::UNSPECIFIED);
        router.hearing = Some(Hearing::start(&router.namespace, everywhere, at, services)?);
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
