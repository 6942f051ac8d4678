//! Drops: packets that a router refused, told with the reason and the sender. In between it is
//! looked how many connections the shared ENIs carry.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::{Mutex, Weak};
use std::time::{Duration, Instant};

use engine::id::{EniId, VpcId};
use engine::node::{NodeReport, PacketDrop};
use engine::plan::DropReason;
use engine::record::group::Direction;

use super::acl;
use super::acl6;
use super::conntrack;
use super::decisions;
use super::names;
use super::netlink::{Drained, Messages, Socket, attributes};
use super::outside::Outside;
use super::router::{Attached, Router};
use super::rules;
use super::shares::Shares;
use super::slots::slot_of;
use super::who;
use super::{Reporter, Vpc, Vpcs, lock};
use crate::sandbox::sys::{check, pipe};
use crate::thread;

const SUBSYSTEM: u16 = (libc::NFNL_SUBSYS_ULOG as u16) << 8;
/// `NFULNL_MSG_PACKET` and `NFULNL_MSG_CONFIG`.
const PACKET: u16 = SUBSYSTEM;
const CONFIG: u16 = SUBSYSTEM | 1;
/// `NFULA_*` of a packet.
const MARK: u16 = 2;
/// By which link it came.
const LINK: u16 = 4;
const PAYLOAD: u16 = 9;
const PREFIX: u16 = 10;

/// Opens the socket by which a router's drops are told.
fn open(router: &Router) -> io::Result<Socket> {
    let mut socket =
        super::namespace::enter(&router.namespace, || Socket::open(libc::NETLINK_NETFILTER))?;
    let [high, low] = names::LOG_GROUP.to_be_bytes();
    let head = [0, 0, high, low];
    let mut messages = Messages::default();
    // NFULA_CFG_CMD with NFULNL_CFG_CMD_BIND.
    messages.begin(CONFIG, 0, &head).put(1, &[1]);
    socket.transact(messages)?;
    let mut messages = Messages::default();
    // NFULA_CFG_MODE: 64 bytes of each packet; NFULA_CFG_TIMEOUT and NFULA_CFG_QTHRESH: at once.
    messages.begin(CONFIG, 0, &head).put(2, &[0, 0, 0, 64, 2, 0]).put_be(4, 1).put_be(5, 1);
    socket.transact(messages)?;
    Ok(socket)
}

/// How often in a row one router's drops are read.
const ROUND: usize = 16;
/// How often connections are counted.
const CENSUS: Duration = Duration::from_secs(2);
/// Connections of a VPC below which nobody needs to know.
const MANY: u32 = 1000;

/// One router that is listened to.
#[derive(Debug)]
pub(super) struct DropSource {
    of: Of,
    socket: Socket,
    /// A socket of its own, so that counting keeps nobody from the router.
    connections: Socket,
    /// What was told last of each shared ENI.
    told: BTreeMap<EniId, u32>,
    /// Who has had more of them than their share.
    shares: Shares,
}

/// Whose router it is.
#[derive(Debug, Clone)]
pub(super) enum Of {
    Vpc(VpcId, Weak<Mutex<Vpc>>),
    /// The one to the outside, while there is what the other is of.
    Outside(Weak<Mutex<Option<Outside>>>, Weak<()>),
}

impl Of {
    fn vpc(&self) -> Option<VpcId> {
        match self {
            Of::Vpc(id, _) => Some(*id),
            Of::Outside(..) => None,
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Of::Vpc(_, vpc) => vpc.strong_count() > 0,
            Of::Outside(_, opened) => opened.strong_count() > 0,
        }
    }

    /// Looks at the router, unless it is gone.
    fn look<T>(&self, see: impl FnOnce(&Router) -> T) -> Option<T> {
        match self {
            Of::Vpc(_, vpc) => lock(&*vpc.upgrade()?).router.as_ref().map(see),
            Of::Outside(outside, _) => {
                lock(&*outside.upgrade()?).as_ref().map(|outside| see(&outside.router))
            }
        }
    }
}

impl DropSource {
    pub(super) fn open(of: Of, router: &Router) -> io::Result<DropSource> {
        Ok(DropSource {
            of,
            socket: open(router)?,
            connections: conntrack::open(&router.namespace)?,
            told: BTreeMap::new(),
            shares: Shares::default(),
        })
    }
}

/// Tells how many connections shared ENIs carry, where that has changed. What was told as many is
/// told again when it no longer is, so that the ENI takes further environments.
fn count(source: &mut DropSource, report: &Reporter) -> io::Result<()> {
    let count = conntrack::count(&mut source.connections)?;
    let is_outside = source.of.vpc().is_none();
    let of = source.of.clone();
    let links = || of.look(Router::links6).unwrap_or_default();
    source.shares.look(&mut source.connections, count, is_outside, links)?;
    let is_few = count < MANY;
    if is_few && source.told.values().all(|told| *told < MANY) {
        return Ok(());
    }
    let shared = source.of.look(Router::shared).unwrap_or_default();
    if shared.is_empty() {
        return Ok(());
    }
    let counts = conntrack::count_by_address(&mut source.connections)?;
    let is_ipv6 = shared.iter().any(|(_, _, of_ipv6)| of_ipv6.is_some());
    let of_ipv6 = if is_ipv6 {
        let [_, answered] = conntrack::count_ipv6(&mut source.connections)?;
        answered
    } else {
        BTreeMap::new()
    };
    let before = std::mem::take(&mut source.told);
    for (eni, address, address6) in shared {
        let by_ipv6 = address6.and_then(|address| of_ipv6.get(&address)).copied().unwrap_or(0);
        let connections = counts.get(&address).copied().unwrap_or(0) + by_ipv6;
        source.told.insert(eni, connections);
        if before.get(&eni) != Some(&connections) {
            report(NodeReport::Connections(eni, connections));
        }
    }
    Ok(())
}

/// Listens at all routers, on a thread of its own.
#[derive(Debug)]
pub(super) struct DropListener {
    added: std::sync::mpsc::Sender<DropSource>,
    wake: OwnedFd,
}

impl DropListener {
    pub(super) fn start(report: Reporter, vpcs: Vpcs) -> io::Result<DropListener> {
        let (added, adding) = std::sync::mpsc::channel();
        let (woken, wake) = pipe(libc::O_CLOEXEC | libc::O_NONBLOCK)?;
        thread::spawn("node-drops", move || {
            let mut sources: Vec<DropSource> = Vec::new();
            let mut counted = Instant::now();
            loop {
                if counted.elapsed() >= CENSUS {
                    for source in &mut sources {
                        if let Err(error) = count(source, &report) {
                            // It is counted the next time.
                            tracing::warn!(vpc = ?source.of.vpc(), %error, "connections not counted");
                        }
                    }
                    counted = Instant::now();
                }
                if !wait(&woken, &sources) {
                    // The handle is gone, and with it whoever would be told.
                    return;
                }
                sources.extend(adding.try_iter());
                sources.retain(|source| source.of.is_there());
                sources.retain_mut(|source| match listen(source, &vpcs, &report) {
                    Ok(()) => true,
                    Err(error) => {
                        tracing::error!(
                            vpc = ?source.of.vpc(),
                            %error,
                            "drops of a VPC cannot be heard any more"
                        );
                        false
                    }
                });
            }
        })?;
        Ok(DropListener { added, wake })
    }

    pub(super) fn add(&self, source: DropSource) {
        let sent = self.added.send(source);
        assert!(sent.is_ok(), "the listener's thread lives as long as its handle");
        // SAFETY: one byte of a static array is written.
        // JUSTIFICATION: std has no pipe of plain descriptors.
        unsafe { libc::write(self.wake.as_raw_fd(), [1u8].as_ptr().cast(), 1) };
    }
}

/// Waits until something is to be read; false when the other end of the pipe is gone.
fn wait(woken: &OwnedFd, sources: &[DropSource]) -> bool {
    let poll = |fd: i32| libc::pollfd { fd, events: libc::POLLIN, revents: 0 };
    let mut all = vec![poll(woken.as_raw_fd())];
    all.extend(sources.iter().map(|source| poll(source.socket.fd().as_raw_fd())));
    let limit = if sources.is_empty() { -1 } else { CENSUS.as_millis() as i32 };
    // SAFETY: the array is valid for its length.
    // JUSTIFICATION: std has no poll.
    let polled = unsafe { libc::poll(all.as_mut_ptr(), all.len() as libc::nfds_t, limit) };
    match check(polled) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => return true,
        // Without it no router can be heard.
        Err(error) => panic!("drops cannot be waited for: {error}"),
        Ok(_) => {}
    }
    if all[0].revents & libc::POLLIN != 0 {
        let mut buffer = [0u8; 64];
        // SAFETY: the buffer is valid and writable for its length.
        // JUSTIFICATION: std has no pipe of plain descriptors.
        unsafe { libc::read(woken.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) };
        return true;
    }
    all[0].revents & libc::POLLHUP == 0
}

/// What packets that are told as one have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Flow {
    slot: u16,
    source: IpAddr,
    destination: SocketAddr,
    protocol: u8,
    reason: Reason,
}

/// Why one was dropped, as the kernel tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Known(DropReason),
    /// By the rule of a network ACL that a router knows by this; some through a NAT gateway.
    Acl(Direction, bool, [u8; 4]),
}

impl Reason {
    /// Whether a network ACL did; what goes through a NAT gateway has that one's address by then.
    fn is_by_acl(self) -> bool {
        match self {
            Reason::Acl(_, is_through, _) => !is_through,
            Reason::Known(reason) => {
                matches!(reason, DropReason::AclEgress(_) | DropReason::AclIngress(_))
            }
        }
    }
}

/// The first of addresses that is of the family of another.
fn like(seen: &[IpAddr], other: IpAddr) -> Option<IpAddr> {
    seen.iter().find(|each| each.is_ipv4() == other.is_ipv4()).copied()
}

/// Who of a peer of a VPC sends from an address to another.
fn who_of_peer(vpcs: &Vpcs, vpc: VpcId, from: IpAddr, to: IpAddr) -> Option<Attached> {
    // By IPv6 nothing comes from a peer.
    let (IpAddr::V4(from), IpAddr::V4(to)) = (from, to) else { return None };
    let known = lock(vpcs).get(&vpc).cloned()?;
    let peer = lock(&known).plan.peers.values().find(|peer| peer.has(from))?.vpc;
    let known = lock(vpcs).get(&peer).cloned()?;
    let mut known = lock(&known);
    known.router.as_mut()?.who_sends(from, to)
}

fn listen(source: &mut DropSource, vpcs: &Vpcs, report: &Reporter) -> io::Result<()> {
    let mut flows: BTreeMap<Flow, u64> = BTreeMap::new();
    let mut beyond: BTreeSet<(u16, Reason)> = BTreeSet::new();
    let mut is_lost = false;
    // Bounded, so that the flood of one VPC does not keep the thread from the others.
    for _ in 0..ROUND {
        let drained = source.socket.drain(|kind, body| {
            if kind == PACKET
                && let Some((flow, is_beyond)) = body.get(4..).and_then(flow)
            {
                *flows.entry(flow).or_default() += 1;
                if is_beyond {
                    beyond.insert((flow.slot, flow.reason));
                }
            }
        })?;
        is_lost |= drained == Drained::Lost;
        if drained == Drained::Nothing {
            break;
        }
    }
    if !source.of.is_there() {
        return Ok(());
    }
    for (flow, packets) in flows {
        let looked = source.of.look(|router| (router.who(flow.slot), router.reason(flow.reason)));
        let Some((who, Some(reason))) = looked else { continue };
        let (mut attached, seen) = who.map_or((None, Vec::new()), |(who, seen)| (Some(who), seen));
        let (from, to) = (flow.source, flow.destination.ip());
        let is_slots = |address| who::is_slots(flow.slot, address);
        let is_by_acl = flow.reason.is_by_acl();
        let mut is_reply = match attached {
            Some(_) => is_by_acl && !seen.contains(&from) && !is_slots(from),
            // Somebody outside began the connection, and what leaves the subnet is the answer.
            None => matches!(reason, DropReason::AclEgress(_)),
        };
        let of_peer = |from, to| who_of_peer(vpcs, source.of.vpc()?, from, to);
        if reason == DropReason::NoRouteBack {
            // It is the trouble of who began the connection, in the other VPC.
            (attached, is_reply) = (of_peer(to, from), true);
        } else if attached.is_none() && reason != DropReason::Spoofed {
            attached = of_peer(from, to);
            if attached.is_some() {
                is_reply = false;
            } else if is_by_acl {
                attached = of_peer(to, from);
                is_reply |= attached.is_some();
            }
        }
        // A reply to an environment behind a shared ENI is for its slot by now.
        let destination = match like(&seen, to).filter(|_| is_slots(to)) {
            Some(address) => SocketAddr::new(address, flow.destination.port()),
            None => flow.destination,
        };
        // Of a shared ENI's environments others see its address, also of what a NAT gateway has given its
        // own; any other is told as it is.
        let is_translated = matches!(flow.reason, Reason::Acl(_, true, _));
        let is_own = is_translated || is_slots(from);
        let address = like(&seen, from).filter(|_| is_own && !is_reply);
        report(NodeReport::Dropped(PacketDrop {
            vpc: source.of.vpc(),
            eni: attached.and_then(|who| who.eni),
            environment: attached.and_then(|who| who.environment),
            is_reply,
            source: address.unwrap_or(flow.source),
            destination,
            protocol: flow.protocol,
            reason,
            packets,
            // Which of its flows the others were of is not known.
            is_least: is_lost || beyond.contains(&(flow.slot, flow.reason)),
        }));
    }
    Ok(())
}

impl Router {
    /// Why a packet was dropped; nothing where that was by an ACL that nobody knows.
    fn reason(&self, told: Reason) -> Option<DropReason> {
        match told {
            Reason::Known(reason) => Some(reason),
            Reason::Acl(way, _, rule) => Some(acl::reason(way, self.acls.rule(rule)?)),
        }
    }
}

/// The flow of a packet that was dropped, and whether there were more of its sender's. The slot of a
/// reply is that of who began the connection.
fn flow(body: &[u8]) -> Option<(Flow, bool)> {
    let (mut slot, mut link, mut prefix, mut packet) = (0, None, None, None);
    for (kind, value) in attributes(body) {
        match kind {
            MARK => slot = u32::from_be_bytes(value.try_into().ok()?) >> 16,
            LINK => link = Some(u32::from_be_bytes(value.try_into().ok()?)),
            PREFIX => prefix = Some(value),
            PAYLOAD => packet = Some(value),
            _ => {}
        }
    }
    let (packet, prefix) = (packet?, prefix?);
    let by_acl = || {
        let (way, is_through, is_beyond) = acl::way(prefix)?;
        Some((Reason::Acl(way, is_through, decisions::told(packet)?), is_beyond))
    };
    let known = rules::reason(prefix).map(|(reason, is)| (Reason::Known(reason), is));
    let by_acl6 = || acl6::reason(prefix).map(|(reason, is)| (Reason::Known(reason), is));
    let (reason, is_beyond) = known.or_else(by_acl).or_else(by_acl6)?;
    // Who sends from another's address has no mark.
    let by_mark = (slot != 0).then_some(slot as u16);
    let slot = by_mark.or_else(|| link.and_then(slot_of)).unwrap_or_default();
    let (source, destination, protocol, header) = ends(packet)?;
    let port = match protocol {
        6 | 17 => {
            let bytes = packet.get(header + 2..header + 4)?;
            u16::from_be_bytes(bytes.try_into().ok()?)
        }
        _ => 0,
    };
    let destination = SocketAddr::new(destination, port);
    Some((Flow { slot, source, destination, protocol, reason }, is_beyond))
}

/// From where to where a packet is, of what protocol, and the length of its header.
fn ends(packet: &[u8]) -> Option<(IpAddr, IpAddr, u8, usize)> {
    let first = *packet.first()?;
    if first >> 4 == 6 {
        let address = |at: usize| {
            let bytes: [u8; 16] = packet.get(at..at + 16)?.try_into().ok()?;
            Some(IpAddr::from(Ipv6Addr::from(bytes)))
        };
        // Behind other headers the protocol is not looked for: theirs is told.
        return Some((address(8)?, address(24)?, *packet.get(6)?, 40));
    }
    let address = |at: usize| {
        let bytes: [u8; 4] = packet.get(at..at + 4)?.try_into().ok()?;
        Some(IpAddr::from(Ipv4Addr::from(bytes)))
    };
    Some((address(12)?, address(16)?, *packet.get(9)?, usize::from(first & 0xf) * 4))
}
