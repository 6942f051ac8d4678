//! By which way brokers are reached: from the host, or from an ENI of the mapping in a VPC.

use std::io;
use std::net::{SocketAddr, TcpStream as Plain};
use std::sync::Weak;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use engine::id::MappingId;
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio::time::timeout;

use crate::driver::Driver;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);

/// A way to brokers.
pub(crate) enum Way {
    /// The host's own network.
    Host,
    /// The same, but only to where functions without a VPC may go: whoever makes a mapping names the brokers,
    /// and is told how connections to them fail.
    Outside(Weak<Driver>),
    /// The ENIs of a mapping, each in its turn.
    Vpc { driver: Weak<Driver>, mapping: MappingId, turn: AtomicUsize },
}

impl Way {
    /// By the ENIs of a mapping.
    pub(crate) fn of_vpc(driver: Weak<Driver>, mapping: MappingId) -> Way {
        Way::Vpc { driver, mapping, turn: AtomicUsize::new(0) }
    }

    /// Connects to a broker at `host:port`.
    pub(super) async fn connect(&self, broker: &str) -> io::Result<TcpStream> {
        let connecting = async {
            let found = lookup_host(broker).await?;
            let mut failed = io::Error::other("its name has no address");
            for address in found {
                match self.connect_to(address).await {
                    Ok(stream) => return Ok(stream),
                    Err(error) => failed = error,
                }
            }
            Err(failed)
        };
        let made = timeout(CONNECT, connecting).await;
        let stream = made.unwrap_or_else(|_| {
            Err(io::Error::new(io::ErrorKind::TimedOut, "it does not answer in time"))
        })?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    async fn connect_to(&self, address: SocketAddr) -> io::Result<TcpStream> {
        let (driver, mapping, turn) = match self {
            Way::Host => return TcpStream::connect(address).await,
            Way::Outside(driver) => {
                let node = driver.upgrade().ok_or_else(ended)?.node().await;
                if !node.is_outside(address.ip()) {
                    let why = format!(
                        "{} is no address of the internet; hint: a VPC, or warren serve --outside-allow",
                        address.ip()
                    );
                    return Err(io::Error::other(why));
                }
                return TcpStream::connect(address).await;
            }
            Way::Vpc { driver, mapping, turn } => (driver, mapping, turn),
        };
        if address.is_ipv6() {
            return Err(io::Error::other("VPCs here have no IPv6"));
        }
        let driver = driver.upgrade().ok_or_else(ended)?;
        let ways: Vec<Result<String, String>> = driver.read(|engine| {
            let ways = engine.ways_out(*mapping).map(|way| match (way.namespace, way.failure) {
                (Some(path), _) => Ok(path.to_owned()),
                (None, Some(failure)) => Err(format!("{} is not there: {failure}", way.eni.id)),
                (None, None) => Err(format!("{} is not there yet", way.eni.id)),
            });
            ways.collect()
        });
        let ready: Vec<&String> = ways.iter().filter_map(|way| way.as_ref().ok()).collect();
        if ready.is_empty() {
            let why = ways.into_iter().find_map(Result::err);
            let why = why.unwrap_or_else(|| "the mapping has no ENI".into());
            return Err(io::Error::other(why));
        }
        let path = ready[turn.fetch_add(1, Ordering::Relaxed) % ready.len()].clone();
        let node = driver.node().await;
        drop(driver);
        let made = tokio::task::spawn_blocking(move || node.socket(path.as_ref())).await;
        let socket = made.map_err(io::Error::other)??;
        let socket = TcpSocket::from_std_stream(Plain::from(socket));
        socket.connect(address).await
    }
}

fn ended() -> io::Error {
    io::Error::other("the server ends")
}
