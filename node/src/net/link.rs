//! Links, addresses, routes and neighbours, as rtnetlink has them.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::AsRawFd;

use super::netlink::{CREATE, EXCLUSIVE, Messages, REPLACE, Socket, attributes};

/// A hardware address.
pub(super) type Mac = [u8; 6];

const UP: u32 = libc::IFF_UP as u32;
/// `IFLA_*`, of linux/if_link.h.
const ADDRESS: u16 = 1;
const NAME: u16 = 3;
const LINK: u16 = 5;
const LINK_INFO: u16 = 18;
const AF_SPEC: u16 = 26;
const NET_NS_FD: u16 = 28;
const EXTENDED: u16 = 29;
const TX_QUEUES: u16 = 31;
const RX_QUEUES: u16 = 32;

/// `NLM_F_DUMP`.
const DUMP: u16 = 0x300;

/// `RTEXT_FILTER_SKIP_STATS`: what a link has carried is most of what is told of it.
const SKIP_STATISTICS: u32 = 8;

/// The index of a router's link to the outside, in the router.
pub(super) const UPLINK_INDEX: u32 = 900;
/// The index of `lo` in every namespace.
pub(super) const LOOPBACK: u32 = 1;
/// The index given to the link of a slot, in the slot.
pub(super) const SLOT_LINK: u32 = 2;

fn info(index: u32, flags: u32) -> [u8; 16] {
    let mut head = [0; 16];
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    head[8..12].copy_from_slice(&flags.to_ne_bytes());
    head[12..16].copy_from_slice(&flags.to_ne_bytes());
    head
}

/// One end of a pair of links.
pub(super) struct End<'a> {
    pub(super) index: u32,
    pub(super) name: &'a str,
    pub(super) mac: Mac,
}

/// Makes a pair, one end in the socket's namespace and one in another, both down: ends that are
/// born in place need not be moved, which takes 15 ms each.
pub(super) fn add_pair(
    socket: &mut Socket,
    here: &End<'_>,
    there: &End<'_>,
    namespace: &impl AsRawFd,
) -> io::Result<()> {
    let mut messages = Messages::default();
    messages
        .begin(libc::RTM_NEWLINK, CREATE | EXCLUSIVE, &info(here.index, 0))
        .put_text(NAME, here.name)
        .put(ADDRESS, &here.mac)
        .put(TX_QUEUES, &1u32.to_ne_bytes())
        .put(RX_QUEUES, &1u32.to_ne_bytes())
        .nest(LINK_INFO, |of_link| {
            // IFLA_INFO_KIND, IFLA_INFO_DATA with VETH_INFO_PEER.
            of_link.put_text(1, "veth").nest(2, |data| {
                data.nest(1, |peer| {
                    peer.raw(&info(there.index, 0))
                        .put_text(NAME, there.name)
                        .put(ADDRESS, &there.mac)
                        .put(TX_QUEUES, &1u32.to_ne_bytes())
                        .put(RX_QUEUES, &1u32.to_ne_bytes())
                        .put(NET_NS_FD, &namespace.as_raw_fd().to_ne_bytes());
                });
            });
        });
    socket.transact(messages)
}

/// Raises a link.
pub(super) fn up(messages: &mut Messages, index: u32) {
    messages.begin(libc::RTM_SETLINK, 0, &info(index, UP));
}

/// Raises a link without any IPv6 address of its own: two messages, because of one the kernel
/// raises the link, and gives it an address, before it reads that there is to be none.
pub(super) fn up_v4(messages: &mut Messages, index: u32) {
    messages.begin(libc::RTM_SETLINK, 0, &info(index, 0)).nest(AF_SPEC, |families| {
        // AF_INET6 with IFLA_INET6_ADDR_GEN_MODE none.
        families.nest(libc::AF_INET6 as u16, |v6| {
            v6.put(8, &[1]);
        });
    });
    up(messages, index);
}

/// Gives a link another hardware address.
pub(super) fn set_mac(messages: &mut Messages, index: u32, mac: Mac) {
    messages.begin(libc::RTM_SETLINK, 0, &info(index, 0)).put(ADDRESS, &mac);
}

/// Deletes a link.
pub(super) fn delete(socket: &mut Socket, index: u32) -> io::Result<()> {
    let mut messages = Messages::default();
    messages.begin(libc::RTM_DELLINK, 0, &info(index, 0));
    socket.transact(messages)
}

/// What a link is: asking for it also makes the kernel notice its carrier now, without which the
/// first packets of a fresh link can be lost (linkwatch runs later).
pub(super) struct Seen {
    pub(super) index: u32,
    /// The index of the other end, in its own namespace.
    pub(super) peer: u32,
    pub(super) mac: Mac,
}

/// Looks at a link by its index.
pub(super) fn look(socket: &mut Socket, index: u32) -> io::Result<Seen> {
    let mut messages = Messages::default();
    messages
        .begin(libc::RTM_GETLINK, 0, &info(index, 0))
        .put(EXTENDED, &SKIP_STATISTICS.to_ne_bytes());
    seen(&socket.ask(messages)?)
}

/// Looks at a link by its name.
pub(super) fn find(socket: &mut Socket, name: &str) -> io::Result<Seen> {
    let mut messages = Messages::default();
    messages.begin(libc::RTM_GETLINK, 0, &info(0, 0)).put_text(NAME, name);
    seen(&socket.ask(messages)?)
}

/// The name of a link.
pub(super) fn name(socket: &mut Socket, index: u32) -> io::Result<String> {
    let mut messages = Messages::default();
    messages
        .begin(libc::RTM_GETLINK, 0, &info(index, 0))
        .put(EXTENDED, &SKIP_STATISTICS.to_ne_bytes());
    let body = socket.ask(messages)?;
    let found = attributes(body.get(16..).unwrap_or_default()).find(|(kind, _)| *kind == NAME);
    let text =
        found.map(|(_, value)| String::from_utf8_lossy(value).trim_end_matches('\0').to_owned());
    text.ok_or_else(|| io::Error::other("link was told of without its name"))
}

fn seen(body: &[u8]) -> io::Result<Seen> {
    let short = || io::Error::other("link was told of in too few bytes");
    let number = |bytes: &[u8]| bytes.try_into().map(u32::from_ne_bytes).map_err(|_| short());
    let mut seen = Seen { index: number(body.get(4..8).ok_or_else(short)?)?, peer: 0, mac: [0; 6] };
    for (kind, value) in attributes(body.get(16..).ok_or_else(short)?) {
        match kind {
            LINK => seen.peer = number(value)?,
            ADDRESS => seen.mac = value.try_into().map_err(|_| short())?,
            _ => {}
        }
    }
    Ok(seen)
}

fn address(index: u32, prefix: u8) -> [u8; 8] {
    let mut head = [libc::AF_INET as u8, prefix, 0, 0, 0, 0, 0, 0];
    head[4..].copy_from_slice(&index.to_ne_bytes());
    head
}

/// Gives a link an address of its own.
pub(super) fn add_address(messages: &mut Messages, index: u32, own: Ipv4Addr, prefix: u8) {
    messages
        .begin(libc::RTM_NEWADDR, CREATE | REPLACE, &address(index, prefix))
        .put(1, &own.octets())
        .put(2, &own.octets());
}

/// Takes an address from a link.
pub(super) fn remove_address(messages: &mut Messages, index: u32, own: Ipv4Addr, prefix: u8) {
    messages.begin(libc::RTM_DELADDR, 0, &address(index, prefix)).put(2, &own.octets());
}

/// The addresses of a link, but for those that are good at the link alone.
pub(super) fn addresses(socket: &mut Socket, index: u32) -> io::Result<Vec<IpAddr>> {
    let mut messages = Messages::default();
    messages.begin(libc::RTM_GETADDR, DUMP, &[0; 8]);
    let mut found = Vec::new();
    socket.dump(messages, |body| {
        let (Some(head), Some(rest)) = (body.get(..8), body.get(8..)) else { return };
        if head[4..8] != index.to_ne_bytes() || head[3] == libc::RT_SCOPE_LINK {
            return;
        }
        // IFA_ADDRESS, which is the link's own where it has no peer.
        let address = attributes(rest).find(|(kind, _)| *kind == 1);
        let address = address.and_then(|(_, value)| match i32::from(head[0]) {
            libc::AF_INET => <[u8; 4]>::try_from(value).ok().map(IpAddr::from),
            libc::AF_INET6 => <[u8; 16]>::try_from(value).ok().map(IpAddr::from),
            _ => None,
        });
        found.extend(address);
    })?;
    Ok(found)
}

fn route(prefix: u8, scope: u8, flags: u32) -> [u8; 12] {
    let mut head = [0; 12];
    head[0] = libc::AF_INET as u8;
    head[1] = prefix;
    head[4] = libc::RT_TABLE_MAIN;
    head[5] = libc::RTPROT_STATIC;
    head[6] = scope;
    head[7] = libc::RTN_UNICAST;
    head[8..].copy_from_slice(&flags.to_ne_bytes());
    head
}

/// A default route by a gateway that is reached over the link itself.
pub(super) fn add_default(messages: &mut Messages, index: u32, gateway: Ipv4Addr) {
    // RTNH_F_ONLINK of linux/rtnetlink.h.
    let onlink = 4;
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &route(0, libc::RT_SCOPE_UNIVERSE, onlink))
        .put(5, &gateway.octets())
        .put(4, &index.to_ne_bytes());
}

/// A route to one address by a link, in the place of any other.
pub(super) fn add_route(messages: &mut Messages, index: u32, to: Ipv4Addr) {
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &route(32, libc::RT_SCOPE_LINK, 0))
        .put(1, &to.octets())
        .put(4, &index.to_ne_bytes());
}

/// Has every address of a block be one of the namespace's own.
pub(super) fn add_own_block(messages: &mut Messages, base: Ipv4Addr, prefix: u8) {
    let mut head = route(prefix, libc::RT_SCOPE_HOST, 0);
    head[4] = libc::RT_TABLE_LOCAL;
    head[7] = libc::RTN_LOCAL;
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &head)
        .put(1, &base.octets())
        .put(4, &LOOPBACK.to_ne_bytes());
}

/// A route to one address by a gateway that is reached over the link itself.
pub(super) fn add_route_via(
    messages: &mut Messages,
    index: u32,
    to: Ipv4Addr,
    gateway: Ipv4Addr,
    is_new: bool,
) {
    // RTNH_F_ONLINK of linux/rtnetlink.h.
    let onlink = 4;
    let flags = if is_new { CREATE | EXCLUSIVE } else { CREATE | REPLACE };
    messages
        .begin(libc::RTM_NEWROUTE, flags, &route(32, libc::RT_SCOPE_UNIVERSE, onlink))
        .put(1, &to.octets())
        .put(5, &gateway.octets())
        .put(4, &index.to_ne_bytes());
}

/// Takes the route to one address by a gateway away.
pub(super) fn remove_route_via(messages: &mut Messages, index: u32, to: Ipv4Addr) {
    messages
        .begin(libc::RTM_DELROUTE, 0, &route(32, libc::RT_SCOPE_UNIVERSE, 0))
        .put(1, &to.octets())
        .put(4, &index.to_ne_bytes());
}

/// Takes the route to one address by a link away.
pub(super) fn remove_route(messages: &mut Messages, index: u32, to: Ipv4Addr) {
    messages
        .begin(libc::RTM_DELROUTE, 0, &route(32, libc::RT_SCOPE_LINK, 0))
        .put(1, &to.octets())
        .put(4, &index.to_ne_bytes());
}

/// A neighbour that is known for good: nobody asks for it, and no packet waits.
pub(super) fn add_neighbour(messages: &mut Messages, index: u32, at: Ipv4Addr, mac: Mac) {
    let mut head = [0; 12];
    head[0] = libc::AF_INET as u8;
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    head[8..10].copy_from_slice(&libc::NUD_PERMANENT.to_ne_bytes());
    messages.begin(libc::RTM_NEWNEIGH, CREATE | REPLACE, &head).put(1, &at.octets()).put(2, &mac);
}

/// The head of a route to everywhere in a table of its own.
fn way(kind: u8, scope: u8, flags: u32) -> [u8; 12] {
    let mut head = route(0, scope, flags);
    head[4] = libc::RT_TABLE_UNSPEC;
    head[7] = kind;
    head
}

/// `RTA_TABLE` and `RTA_PRIORITY`.
const TABLE: u16 = 15;
const PRIORITY: u16 = 6;

/// Has packets whose mark's lower half is a code routed by the table of that number.
pub(super) fn add_rule(messages: &mut Messages, code: u16) {
    // RTM_NEWRULE with FR_ACT_TO_TBL.
    let head = [libc::AF_INET as u8, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
    let number = |number: u32| number.to_ne_bytes();
    // FRA_PRIORITY, FRA_FWMARK, FRA_TABLE and FRA_FWMASK.
    messages
        .begin(32, CREATE | EXCLUSIVE, &head)
        .put(6, &number(100))
        .put(10, &number(code.into()))
        .put(15, &number(code.into()))
        .put(16, &number(0xffff));
}

/// Has what a code's table leads nowhere else be dropped.
pub(super) fn add_end(messages: &mut Messages, code: u16) {
    messages
        .begin(
            libc::RTM_NEWROUTE,
            CREATE | REPLACE,
            &way(libc::RTN_BLACKHOLE, libc::RT_SCOPE_UNIVERSE, 0),
        )
        .put(TABLE, &u32::from(code).to_ne_bytes())
        .put(PRIORITY, &1000u32.to_ne_bytes());
}

/// Has a code's table lead by a gateway that is reached over the link itself.
pub(super) fn add_way(messages: &mut Messages, code: u16, index: u32, gateway: Ipv4Addr) {
    // RTNH_F_ONLINK of linux/rtnetlink.h.
    let onlink = 4;
    messages
        .begin(
            libc::RTM_NEWROUTE,
            CREATE | REPLACE,
            &way(libc::RTN_UNICAST, libc::RT_SCOPE_UNIVERSE, onlink),
        )
        .put(5, &gateway.octets())
        .put(4, &index.to_ne_bytes())
        .put(TABLE, &u32::from(code).to_ne_bytes());
}

/// Has a code's table lead nowhere.
pub(super) fn remove_way(messages: &mut Messages, code: u16) {
    messages
        .begin(libc::RTM_DELROUTE, 0, &way(libc::RTN_UNICAST, libc::RT_SCOPE_UNIVERSE, 0))
        .put(TABLE, &u32::from(code).to_ne_bytes());
}

/// What is gone already, as it should be.
pub(super) fn unless_gone(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error)
            if matches!(
                error.raw_os_error(),
                Some(libc::ESRCH | libc::ENODEV | libc::EADDRNOTAVAIL)
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}
