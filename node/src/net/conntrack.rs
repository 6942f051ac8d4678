//! Connections that a router tracks: counted by shared ENI, and forgotten with an address.

use std::collections::BTreeMap;
use std::io;
use std::net::Ipv4Addr;

use super::netlink::{Messages, Socket, attributes};

const SUBSYSTEM: u16 = (libc::NFNL_SUBSYS_CTNETLINK as u16) << 8;
/// `IPCTNL_MSG_CT_*` of linux/netfilter/nfnetlink_conntrack.h.
const GET: u16 = SUBSYSTEM | 1;
const DELETE: u16 = SUBSYSTEM | 2;
const STATISTICS: u16 = SUBSYSTEM | 5;
/// `NLM_F_DUMP`.
const DUMP: u16 = 0x300;
/// `CTA_*`.
const TUPLE_ORIGINAL: u16 = 1;
const TUPLE_REPLY: u16 = 2;
const FILTER: u16 = 25;

/// Of IPv4; the version makes the kernel look at the family when it deletes.
const HEAD: [u8; 4] = [libc::AF_INET as u8, 1, 0, 0];

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

/// The address that the answers of a connection go to.
fn answered_at(body: &[u8]) -> Option<Ipv4Addr> {
    let inside = |bytes: &[u8], wanted: u16| {
        attributes(bytes).find(|(kind, _)| *kind == wanted).map(|(_, value)| value.to_vec())
    };
    // CTA_TUPLE_IP, CTA_IP_V4_DST.
    let address = inside(&inside(&inside(body, TUPLE_REPLY)?, 1)?, 2)?;
    Some(Ipv4Addr::from(<[u8; 4]>::try_from(address).ok()?))
}

/// Forgets every connection from or to an address: whoever holds it next has none of them.
pub(super) fn forget(socket: &mut Socket, address: Ipv4Addr) -> io::Result<()> {
    for side in [1u16, 2] {
        let mut messages = Messages::default();
        messages
            .begin(DELETE, 0, &HEAD)
            .nest(TUPLE_ORIGINAL, |tuple| {
                tuple.nest(1, |of_address| {
                    of_address.put(side, &address.octets());
                });
            })
            .nest(FILTER, |filter| {
                // CTA_FILTER_ORIG_FLAGS: the source's bit or the destination's.
                filter.put(1, &(1u32 << (side - 1)).to_ne_bytes());
                filter.put(2, &0u32.to_ne_bytes());
            });
        match socket.transact(messages) {
            // Nothing to forget.
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => {}
            other => other?,
        }
    }
    Ok(())
}
