//! Sockets at which AWS's services are asked for.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;

use engine::id::{VpcEndpointId, VpcId};

use super::endpoints::PORTS;
use super::namespace;

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
