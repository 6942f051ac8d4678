//! Connections that a router tracks: counted by shared ENI, and forgotten with an address.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::OwnedFd;

use super::netlink::{Messages, NESTED, Socket, attributes};

const SUBSYSTEM: u16 = (libc::NFNL_SUBSYS_CTNETLINK as u16) << 8;
/// `IPCTNL_MSG_CT_*` of linux/netfilter/nfnetlink_conntrack.h.
const NEW: u16 = SUBSYSTEM;
const GET: u16 = SUBSYSTEM | 1;
const DELETE: u16 = SUBSYSTEM | 2;
const STATISTICS: u16 = SUBSYSTEM | 5;
/// `NLM_F_DUMP`.
const DUMP: u16 = 0x300;
/// `CTA_*`.
const TUPLE_ORIGINAL: u16 = 1;
const TUPLE_REPLY: u16 = 2;
const ZONE: u16 = 18;
/// `CTA_MARK` and `CTA_MARK_MASK`.
const NOTE: u16 = 8;
const NOTED: u16 = 21;

/// Of IPv4, and of IPv6.
const HEAD: [u8; 4] = [libc::AF_INET as u8, 0, 0, 0];
const HEAD6: [u8; 4] = [libc::AF_INET6 as u8, 0, 0, 0];

fn head(address: IpAddr) -> [u8; 4] {
    if address.is_ipv4() { HEAD } else { HEAD6 }
}

/// Opens a socket for the connections of a namespace.
pub(super) fn open(namespace: &OwnedFd) -> io::Result<Socket> {
    super::namespace::enter(namespace, || Socket::open(libc::NETLINK_NETFILTER))
}

/// How many connections are tracked in all.
pub(super) fn count(socket: &mut Socket) -> io::Result<u32> {
    let mut messages = Messages::default();
    messages.begin(STATISTICS, 0, &HEAD);
    let body = socket.ask(messages)?;
    // CTA_STATS_GLOBAL_ENTRIES.
    let entries = attributes(body.get(4..).unwrap_or_default()).find(|(kind, _)| *kind == 1);
    let bytes = entries.and_then(|(_, value)| value.try_into().ok());
    Ok(bytes.map_or(0, u32::from_be_bytes))
}

/// What of a connection is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    /// Who began it.
    pub(super) source: Ipv4Addr,
    pub(super) destination: Ipv4Addr,
    /// Where answers go to.
    pub(super) answered_at: Ipv4Addr,
    pub(super) protocol: u8,
    /// The port that it was made to, of a protocol with ports.
    pub(super) port: u16,
}

/// Tells each connection.
pub(super) fn each(socket: &mut Socket, mut tell: impl FnMut(Counted)) -> io::Result<()> {
    let mut messages = Messages::default();
    messages.begin(GET, DUMP, &HEAD);
    socket.dump(messages, |body| {
        if let Some(counted) = body.get(4..).and_then(counted) {
            tell(counted);
        }
    })
}

fn counted(body: &[u8]) -> Option<Counted> {
    let original = tuple(body, TUPLE_ORIGINAL)?;
    let [source, destination] = ends(original);
    let (_, inside) = attributes(original).find(|(kind, _)| *kind == 2)?;
    // CTA_PROTO_NUM and CTA_PROTO_DST_PORT.
    let of = |wanted| attributes(inside).find(|(kind, _)| *kind == wanted).map(|(_, value)| value);
    let port = of(3).and_then(|value| value.try_into().ok()).map_or(0, u16::from_be_bytes);
    let answered_at = answered_at(body)?;
    let protocol = *of(1)?.first()?;
    Some(Counted { source: source?, destination: destination?, answered_at, protocol, port })
}

/// How many connections answer to each address.
pub(super) fn count_by_address(socket: &mut Socket) -> io::Result<BTreeMap<Ipv4Addr, u32>> {
    let mut messages = Messages::default();
    messages.begin(GET, DUMP, &HEAD);
    let mut counts = BTreeMap::new();
    socket.dump(messages, |body| {
        if let Some(address) = body.get(4..).and_then(answered_at) {
            *counts.entry(address).or_default() += 1;
        }
    })?;
    Ok(counts)
}

/// How many connections of IPv6 each address began, and how many answer to each.
pub(super) fn count_ipv6(socket: &mut Socket) -> io::Result<[BTreeMap<Ipv6Addr, u32>; 2]> {
    let mut messages = Messages::default();
    messages.begin(GET, DUMP, &HEAD6);
    let mut counts = [BTreeMap::new(), BTreeMap::new()];
    socket.dump(messages, |body| {
        let body = body.get(4..).unwrap_or_default();
        for (at, side) in [TUPLE_ORIGINAL, TUPLE_REPLY].into_iter().enumerate() {
            // Who began it sends the one and gets the other.
            if let Some(IpAddr::V6(end)) = tuple(body, side).and_then(|ends| any_ends(ends)[at]) {
                *counts[at].entry(end).or_default() += 1;
            }
        }
    })?;
    Ok(counts)
}

/// The address that the answers of a connection go to.
fn answered_at(body: &[u8]) -> Option<Ipv4Addr> {
    let [_, destination] = ends(tuple(body, TUPLE_REPLY)?);
    destination
}

/// Forgets every connection from or to an address: whoever holds it next has none of them. They
/// are deleted one by one, since kernels before 6.8 refuse to delete by a part of a tuple.
pub(super) fn forget(socket: &mut Socket, address: IpAddr) -> io::Result<()> {
    if count(socket)? == 0 {
        return Ok(());
    }
    let mut messages = Messages::default();
    messages.begin(GET, DUMP, &head(address));
    let mut found = Vec::new();
    socket.dump(messages, |body| {
        let body = body.get(4..).unwrap_or_default();
        let both = [TUPLE_ORIGINAL, TUPLE_REPLY].map(|side| tuple(body, side));
        let mut held = both.iter().flatten().flat_map(|each| any_ends(each));
        if let (true, [Some(original), _]) = (held.any(|end| end == Some(address)), both) {
            found.push((original.to_vec(), zone(body)));
        }
    })?;
    for (original, zone) in found {
        delete(socket, head(address), (&original, zone.as_deref()))?;
    }
    Ok(())
}

/// Forgets every connection of IPv6 that has an end of which this is not so.
pub(super) fn forget_but6(
    socket: &mut Socket,
    is_kept: impl Fn(Ipv6Addr) -> bool,
) -> io::Result<()> {
    let mut messages = Messages::default();
    messages.begin(GET, DUMP, &HEAD6);
    let mut found = Vec::new();
    socket.dump(messages, |body| {
        let body = body.get(4..).unwrap_or_default();
        let Some(original) = tuple(body, TUPLE_ORIGINAL) else { return };
        let is_other = |end: &IpAddr| matches!(end, IpAddr::V6(end) if !is_kept(*end));
        if any_ends(original).iter().flatten().any(is_other) {
            found.push((original.to_vec(), zone(body)));
        }
    })?;
    let mut all = found.iter();
    all.try_for_each(|(original, zone)| delete(socket, HEAD6, (original, zone.as_deref())))
}

/// The zone of a connection, where it is not the one that all are of; of one way it is in that way's tuple.
fn zone(body: &[u8]) -> Option<Vec<u8>> {
    attributes(body).find(|(kind, _)| *kind == ZONE).map(|(_, value)| value.to_vec())
}

/// One of the two tuples of a connection.
fn tuple(body: &[u8], wanted: u16) -> Option<&[u8]> {
    attributes(body).find(|(kind, _)| *kind == wanted).map(|(_, value)| value)
}

/// Source and destination of a tuple.
fn ends(tuple: &[u8]) -> [Option<Ipv4Addr>; 2] {
    let mut found = [None; 2];
    // CTA_TUPLE_IP, and in it CTA_IP_V4_SRC and CTA_IP_V4_DST.
    for (_, inside) in attributes(tuple).filter(|(kind, _)| *kind == 1) {
        for (kind, value) in attributes(inside) {
            if let (1 | 2, Ok(octets)) = (kind, <[u8; 4]>::try_from(value)) {
                found[usize::from(kind) - 1] = Some(Ipv4Addr::from(octets));
            }
        }
    }
    found
}

/// The same, of whichever family they are.
fn any_ends(tuple: &[u8]) -> [Option<IpAddr>; 2] {
    let mut found = [None; 2];
    for (_, inside) in attributes(tuple).filter(|(kind, _)| *kind == 1) {
        for (kind, value) in attributes(inside) {
            // CTA_IP_V6_SRC and CTA_IP_V6_DST are 3 and 4.
            let address = match (kind, value.len()) {
                (1 | 2, 4) => <[u8; 4]>::try_from(value).ok().map(IpAddr::from),
                (3 | 4, 16) => <[u8; 16]>::try_from(value).ok().map(IpAddr::from),
                _ => continue,
            };
            found[usize::from(kind - 1) % 2] = address;
        }
    }
    found
}

/// A connection that is tracked.
#[derive(Debug)]
pub(super) struct Tracked {
    /// Who began it, and with whom.
    pub(super) source: Ipv4Addr,
    pub(super) destination: Ipv4Addr,
    /// Who answers, and where to: other than those two where addresses are translated.
    pub(super) answered_by: Ipv4Addr,
    pub(super) answered_at: Ipv4Addr,
    pub(super) protocol: u8,
    /// The port that it was made to, of a protocol with ports.
    pub(super) port: u16,
    /// What rules have noted of it.
    pub(super) note: u32,
    /// What the kernel knows it by, and in which zone where that is one of both ways.
    original: Vec<u8>,
    zone: Option<Vec<u8>>,
}

/// Every connection that is tracked.
pub(super) fn tracked(socket: &mut Socket) -> io::Result<Vec<Tracked>> {
    let mut messages = Messages::default();
    messages.begin(GET, DUMP, &HEAD);
    let mut found = Vec::new();
    socket.dump(messages, |body| found.extend(body.get(4..).and_then(read)))?;
    Ok(found)
}

fn read(body: &[u8]) -> Option<Tracked> {
    let original = tuple(body, TUPLE_ORIGINAL)?;
    let [source, destination] = ends(original);
    let [answered_by, answered_at] = ends(tuple(body, TUPLE_REPLY)?);
    // CTA_TUPLE_PROTO, and in it CTA_PROTO_NUM.
    let (_, protocol) = attributes(original).find(|(kind, _)| *kind == 2)?;
    let (_, number) = attributes(protocol).find(|(kind, _)| *kind == 1)?;
    let port = attributes(protocol).find(|(kind, _)| *kind == 3).map(|(_, value)| value);
    let note = attributes(body).find(|(kind, _)| *kind == NOTE).map(|(_, value)| value);
    Some(Tracked {
        source: source?,
        destination: destination?,
        answered_by: answered_by?,
        answered_at: answered_at?,
        protocol: *number.first()?,
        port: port.and_then(|value| value.try_into().ok()).map_or(0, u16::from_be_bytes),
        note: note.and_then(|value| value.try_into().ok()).map_or(0, u32::from_be_bytes),
        original: original.to_vec(),
        zone: zone(body),
    })
}

/// Notes bits of a connection, beside those that are noted of it.
pub(super) fn note(socket: &mut Socket, connection: &Tracked, bits: u32) -> io::Result<()> {
    let mut messages = Messages::default();
    let message = messages.begin(NEW, 0, &HEAD);
    let message = message.put(TUPLE_ORIGINAL | NESTED, &connection.original);
    let message = message.put_be(NOTE, bits).put_be(NOTED, bits);
    if let Some(zone) = &connection.zone {
        message.put(ZONE, zone);
    }
    ended(socket.transact(messages))
}

/// Forgets these connections.
pub(super) fn forget_all(socket: &mut Socket, connections: &[Tracked]) -> io::Result<()> {
    let mut all = connections.iter();
    all.try_for_each(|each| delete(socket, HEAD, (&each.original, each.zone.as_deref())))
}

fn delete(
    socket: &mut Socket,
    head: [u8; 4],
    (original, zone): (&[u8], Option<&[u8]>),
) -> io::Result<()> {
    let mut messages = Messages::default();
    let message = messages.begin(DELETE, 0, &head).put(TUPLE_ORIGINAL | NESTED, original);
    if let Some(zone) = zone {
        message.put(ZONE, zone);
    }
    ended(socket.transact(messages))
}

/// What came of something that was done with a connection, which may have ended by itself.
fn ended(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.raw_os_error() == Some(libc::ENOENT) => Ok(()),
        other => other,
    }
}
