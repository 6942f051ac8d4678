//! Addresses, routes and neighbours of IPv6, as rtnetlink has them, and which ones are nobody's but the
//! network's own.

use std::io;
use std::net::Ipv6Addr;

use engine::cidr6::Cidr6;

use super::link::Mac;
use super::namespace;
use super::netlink::{CREATE, Messages, REPLACE};

/// The block that routers and slots behind shared ENIs have addresses of: the last of the
/// installation's (`engine::limits::IPV6_ADDRESSES`), which no VPC gets.
const OWN: [u16; 7] = [0x2001, 2, 0, 0xff00, 0, 0, 0];

/// An address of the block that is no VPC's.
const fn own(part: u16, number: u16) -> Ipv6Addr {
    let [a, b, c, d, ..] = OWN;
    Ipv6Addr::new(a, b, c, d + part, 0, 0, 0, number)
}

/// What a router has itself, so that its errors are somebody's.
pub(super) const ROUTER: Ipv6Addr = own(0, 1);

/// The address of a slot behind a shared ENI, by which none other knows it.
pub(super) fn slot_address(number: u16) -> Ipv6Addr {
    own(1, number)
}

/// Whether an address is that of any slot behind a shared ENI.
pub(super) fn is_of_slots(address: Ipv6Addr) -> bool {
    let block = Cidr6::containing(own(1, 0), 64).expect("it is a block");
    block.contains(address)
}

/// Settings of a router's namespace: every link it has or gets speaks IPv6, without any address that
/// nobody gave it.
pub(super) fn settle() -> io::Result<()> {
    namespace::set("ipv6/conf/all/addr_gen_mode", "1")?;
    namespace::set("ipv6/conf/all/disable_ipv6", "0")?;
    namespace::set("ipv6/conf/all/forwarding", "1")
}

/// Whether the link of the slot that the calling thread is in speaks IPv6.
pub(super) fn is_spoken() -> io::Result<bool> {
    is_set("ipv6/conf/eth0/disable_ipv6", "0")
}

/// Whether a setting of the calling thread's namespace is this.
pub(super) fn is_set(name: &str, value: &str) -> io::Result<bool> {
    match namespace::get(name) {
        Ok(text) => Ok(text.trim() == value),
        // A kernel without IPv6.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn address(index: u32) -> [u8; 8] {
    // IFA_F_NODAD of linux/if_addr.h: nobody else has it, and a second is not waited for that.
    let mut head = [libc::AF_INET6 as u8, 128, 2, 0, 0, 0, 0, 0];
    head[4..].copy_from_slice(&index.to_ne_bytes());
    head
}

/// Gives a link an address of its own, which can be used at once: the kernel takes packets to it only
/// after its own route to it is there, which a worker of its adds some time later, so that the answer to
/// what is sent first could be lost. Hence a route to the address, too.
pub(super) fn add_address(messages: &mut Messages, index: u32, own: Ipv6Addr) {
    messages
        .begin(libc::RTM_NEWADDR, CREATE | REPLACE, &address(index))
        .put(1, &own.octets())
        .put(2, &own.octets());
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &local_route())
        .put(1, &own.octets())
        .put(4, &index.to_ne_bytes())
        .put(6, &LOCAL_METRIC.to_ne_bytes());
}

/// Takes an address from a link; see [`remove_local`].
pub(super) fn remove_address(messages: &mut Messages, index: u32, own: Ipv6Addr) {
    messages.begin(libc::RTM_DELADDR, 0, &address(index)).put(2, &own.octets());
}

/// Takes the route to an address of a link's own away, which [`add_address`] gave it.
pub(super) fn remove_local(messages: &mut Messages, index: u32, own: Ipv6Addr) {
    messages
        .begin(libc::RTM_DELROUTE, 0, &local_route())
        .put(1, &own.octets())
        .put(4, &index.to_ne_bytes())
        .put(6, &LOCAL_METRIC.to_ne_bytes());
}

/// What tells these routes from the kernel's, whose metric is nothing.
const LOCAL_METRIC: u32 = 1024;

/// The head of a route to an address of a link's own.
fn local_route() -> [u8; 12] {
    let mut head = route(128);
    head[4] = libc::RT_TABLE_LOCAL;
    head[7] = libc::RTN_LOCAL;
    head
}

fn route(prefix: u8) -> [u8; 12] {
    let mut head = [0; 12];
    head[0] = libc::AF_INET6 as u8;
    head[1] = prefix;
    head[4] = libc::RT_TABLE_MAIN;
    head[5] = libc::RTPROT_STATIC;
    head[6] = libc::RT_SCOPE_UNIVERSE;
    head[7] = libc::RTN_UNICAST;
    head
}

/// A default route by a gateway at the link.
pub(super) fn add_default(messages: &mut Messages, index: u32, gateway: Ipv6Addr) {
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &route(0))
        .put(5, &gateway.octets())
        .put(4, &index.to_ne_bytes());
}

/// Takes the default route by a link away.
pub(super) fn remove_default(messages: &mut Messages, index: u32) {
    messages.begin(libc::RTM_DELROUTE, 0, &route(0)).put(4, &index.to_ne_bytes());
}

/// A route to one address by a link, in the place of any other.
pub(super) fn add_route(messages: &mut Messages, index: u32, to: Ipv6Addr) {
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &route(128))
        .put(1, &to.octets())
        .put(4, &index.to_ne_bytes());
}

/// A route to a block by a gateway at the link.
pub(super) fn add_route_via(messages: &mut Messages, index: u32, to: Cidr6, gateway: Ipv6Addr) {
    messages
        .begin(libc::RTM_NEWROUTE, CREATE | REPLACE, &route(to.prefix()))
        .put(1, &to.base().octets())
        .put(5, &gateway.octets())
        .put(4, &index.to_ne_bytes());
}

/// Takes the route to a block by a link away.
pub(super) fn remove_route_via(messages: &mut Messages, index: u32, to: Cidr6) {
    messages
        .begin(libc::RTM_DELROUTE, 0, &route(to.prefix()))
        .put(1, &to.base().octets())
        .put(4, &index.to_ne_bytes());
}

/// Takes the route to one address by a link away.
pub(super) fn remove_route(messages: &mut Messages, index: u32, to: Ipv6Addr) {
    messages
        .begin(libc::RTM_DELROUTE, 0, &route(128))
        .put(1, &to.octets())
        .put(4, &index.to_ne_bytes());
}

/// A neighbour that is known for good: nobody asks for it, and no packet waits.
pub(super) fn add_neighbour(messages: &mut Messages, index: u32, at: Ipv6Addr, mac: Mac) {
    let mut head = [0; 12];
    head[0] = libc::AF_INET6 as u8;
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    head[8..10].copy_from_slice(&libc::NUD_PERMANENT.to_ne_bytes());
    messages.begin(libc::RTM_NEWNEIGH, CREATE | REPLACE, &head).put(1, &at.octets()).put(2, &mac);
}
