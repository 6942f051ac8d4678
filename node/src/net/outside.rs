//! The outside: a router by which functions without a VPC have the host's network, by NAT.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::id::VpcId;

use super::link::{self, End};
use super::names::UPLINK;
use super::netlink::{Messages, Socket};
use super::nft::Batch;
use super::router::{GATEWAY, Router};
use super::rules::Reach;
use super::{namespace, rules, settings};

/// How often it is looked what is near the host, at most.
const PERIOD: Duration = Duration::from_secs(2);

/// The routes of this thread's namespace.
const ROUTES: &str = "/proc/thread-self/net/route";

/// Where functions without a VPC find the AWS API: at their router, and nowhere on the host.
pub const ENDPOINT: SocketAddrV4 = SocketAddrV4::new(GATEWAY, 4566);

/// What a connection of a function may have waiting here: like all else of a function's, its bytes
/// are bounded, and here they are not counted as its own.
const BUFFER: &str = "4096 65536 262144";

/// What was made on the host.
#[derive(Debug)]
pub(super) struct Outside {
    pub(super) router: Router,
    pub(super) host: Host,
    pub(super) reach: Reach,
    /// The routers of VPCs that are at it, with the number of the last.
    pub(super) edges: BTreeMap<VpcId, Edge>,
    pub(super) last_edge: u32,
    /// Lives as long as this.
    pub(super) opened: Arc<()>,
    /// When it was looked what is near the host.
    looked: Instant,
}

/// A VPC's link at the router to the outside.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) index: u32,
    /// The public addresses that are reached by it.
    pub(super) addresses: BTreeSet<Ipv4Addr>,
    /// Those to which the host has a route.
    pub(super) from_host: BTreeSet<Ipv4Addr>,
    /// The IPv6 blocks that are reached by it.
    pub(super) blocks6: BTreeSet<Cidr6>,
}

/// The host's side; taken away when it is dropped.
#[derive(Debug)]
pub(super) struct Host {
    table: String,
    pub(super) route: Socket,
    filter: Socket,
    pub(super) link: u32,
    /// The router's address at the link.
    pub(super) peer: Ipv4Addr,
    instance: String,
}

impl Outside {
    /// Opens it; beside the internet, `allowed` is reached, and at `services` AWS's services are.
    pub(super) fn open(
        instance: &str,
        allowed: &[Cidr],
        services: Option<Cidr>,
    ) -> io::Result<Outside> {
        let hash = fnv(instance);
        let name = format!("wrn{:08x}", hash as u32);
        // Of the addresses between carriers and customers, which no VPC's router sees: a block of
        // four for each installation.
        let block = u32::from(Ipv4Addr::new(100, 127, 0, 0)) + (hash as u32 & 0x3fff) * 4;
        let (own, peer) = (Ipv4Addr::from(block + 1), Ipv4Addr::from(block + 2));
        let mut host = Host {
            table: table_of(instance),
            route: Socket::open(libc::NETLINK_ROUTE)?,
            filter: Socket::open(libc::NETLINK_NETFILTER)?,
            link: 0,
            peer,
            instance: instance.to_owned(),
        };
        if let Ok(seen) = link::find(&mut host.route, &name) {
            match link::delete(&mut host.route, seen.index) {
                // An earlier run was killed: the kernel ends its namespace, and the link with it.
                Err(error) if error.raw_os_error() == Some(libc::ENODEV) => {}
                other => other?,
            }
        }
        let mut router = Router::open(None)?;
        let here = End { index: 0, name: &name, mac: [0x02, 0xee, 0, 0, 0, 1] };
        let there = End { index: 900, name: UPLINK, mac: [0x02, 0xee, 0, 0, 0, 2] };
        link::add_pair(&mut host.route, &here, &there, &router.namespace)?;
        host.link = link::find(&mut host.route, &name)?.index;
        let mut messages = Messages::default();
        link::add_address(&mut messages, host.link, own, 30);
        link::up_v4(&mut messages, host.link);
        host.route.transact(messages)?;
        let reach = look(allowed);
        router.begin_outside(UPLINK, (peer, own), &reach, (ENDPOINT, services))?;
        // Both ends are up by now: looked at, neither loses its first packets.
        link::look(&mut host.route, host.link)?;
        let mut batch = Batch::new(&host.table);
        rules::host(&mut batch, &name, allowed);
        batch.commit(&mut host.filter)?;
        // Forwarding is a matter of the link by which a packet comes: only these two need it.
        namespace::set(&format!("ipv4/conf/{name}/forwarding"), "1")?;
        if let Some(device) = default_device() {
            settings::need(instance, &format!("ipv4/conf/{device}/forwarding"), "1")?;
        }
        let (opened, looked) = (Arc::default(), Instant::now());
        let (edges, last_edge) = (BTreeMap::new(), 0);
        Ok(Outside { router, host, reach, edges, last_edge, opened, looked })
    }

    /// Listens where functions ask for the AWS API.
    pub(super) fn listen(&self) -> io::Result<TcpListener> {
        namespace::enter(&self.router.namespace, || {
            namespace::set("ipv4/tcp_rmem", BUFFER)?;
            namespace::set("ipv4/tcp_wmem", BUFFER)?;
            TcpListener::bind(ENDPOINT)
        })
    }

    /// Has what is near the host now be out of reach: a network may have come to it meanwhile. Says
    /// whether something has changed.
    pub(super) fn look_again(&mut self) -> io::Result<bool> {
        if self.looked.elapsed() < PERIOD {
            return Ok(false);
        }
        self.looked = Instant::now();
        let reach = look(&self.reach.allowed);
        let has_changed = reach != self.reach;
        if has_changed {
            self.router.change_outside(&reach)?;
            self.reach = reach;
        }
        Ok(has_changed)
    }

    /// Ends it, and puts back what it changed on the host.
    pub(super) fn end(self) {
        drop(self.host);
    }
}

/// Takes away what an earlier run of an installation has left on the host, and where its own settings and
/// those of others that were killed are not needed any more puts them back. Tables of others stay: whether
/// they run is not to be seen where they are in containers of their own.
pub(super) fn forget(instance: &str) {
    if let Err(error) = settings::release(instance) {
        tracing::warn!(%error, "settings of the host cannot be looked through");
    }
    let removed = Socket::open(libc::NETLINK_NETFILTER)
        .and_then(|mut filter| remove_table(&table_of(instance), &mut filter));
    if let Err(error) = removed {
        tracing::warn!(%error, "table of an earlier run on the host cannot be removed");
    }
}

/// The table of an installation on the host.
fn table_of(instance: &str) -> String {
    format!("warren_{instance}")
}

/// Removes a table that may be there.
fn remove_table(table: &str, filter: &mut Socket) -> io::Result<()> {
    let mut batch = Batch::new(table);
    batch.add_table();
    batch.delete_table();
    batch.commit(filter)
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Err(error) = settings::release(&self.instance) {
            tracing::error!(%error, "settings of the host not put back");
        }
        if let Err(error) = remove_table(&self.table, &mut self.filter) {
            tracing::error!(table = self.table, %error, "table of the host not removed");
        }
        // It was not made yet.
        if self.link == 0 {
            return;
        }
        match link::delete(&mut self.route, self.link) {
            // It ends with the router's namespace.
            Err(error) if error.raw_os_error() != Some(libc::ENODEV) => {
                tracing::error!(%error, "uplink of the host not removed");
            }
            _ => {}
        }
    }
}

/// Whether an address is of the outside: of the internet, or opened by `allowed`, as for functions without
/// a VPC. For what the server itself connects to in somebody's name.
pub fn is_outside(address: IpAddr, allowed: &[Cidr]) -> bool {
    let IpAddr::V4(address) = address.to_canonical() else { return false };
    look(allowed).contains(address)
}

/// What of the outside is reached at present.
fn look(allowed: &[Cidr]) -> Reach {
    let table = fs::read_to_string(ROUTES).unwrap_or_default();
    let connected = table.lines().skip(1).filter_map(connected).collect();
    Reach { allowed: allowed.to_vec(), connected, resolver: resolver() }
}

/// The network of a route, where that leads to it without a gateway.
fn connected(line: &str) -> Option<Cidr> {
    let words: Vec<&str> = line.split_whitespace().collect();
    // Addresses are written as numbers in the machine's order of bytes.
    let word = |at: usize| words.get(at).and_then(|word| u32::from_str_radix(word, 16).ok());
    let address = |at: usize| word(at).map(|number| Ipv4Addr::from(number.to_ne_bytes()));
    let (gateway, mask) = (word(2)?, word(7)?);
    let prefix = mask.count_ones() as u8;
    (gateway == 0 && prefix > 0).then(|| Cidr::containing(address(1)?, prefix)).flatten()
}

/// The device of the host's default route.
fn default_device() -> Option<String> {
    let table = fs::read_to_string(ROUTES).ok()?;
    table.lines().skip(1).find_map(|line| {
        let mut words = line.split_whitespace();
        let device = words.next()?;
        (words.next()? == "00000000").then(|| device.to_owned())
    })
}

/// The first resolver of the host that can be reached from elsewhere.
pub(super) fn resolver() -> Option<Ipv4Addr> {
    let text = fs::read_to_string("/etc/resolv.conf").ok()?;
    text.lines().find_map(|line| {
        let address: Ipv4Addr = line.strip_prefix("nameserver")?.trim().parse().ok()?;
        (!address.is_loopback()).then_some(address)
    })
}

/// A number for a name (Fowler, Noll, Vo: FNV-1a).
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
