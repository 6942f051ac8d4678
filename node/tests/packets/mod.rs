//! Packets that tests write byte by byte, and the sockets by which they send and see them.
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

use engine::network::reach::{Content, Packet};
use node::agent::Slot;
use node::net::namespace;

pub fn socket(family: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
    // SAFETY: no memory is passed; the descriptor is owned from here on.
    let fd = unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) };
    // SAFETY: the descriptor is new and nobody else's.
    if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(unsafe { OwnedFd::from_raw_fd(fd) }) }
}

/// A socket that sends whole packets from the namespace that this is called in.
pub fn raw() -> io::Result<OwnedFd> {
    socket(libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_RAW)
}

/// Has a socket take in as many packets as a round sends.
pub fn make_room(socket: &OwnedFd) {
    let size: libc::c_int = 1 << 22;
    // SAFETY: the value is an int of the length given.
    unsafe {
        let value = (&raw const size).cast();
        libc::setsockopt(socket.as_raw_fd(), libc::SOL_SOCKET, libc::SO_RCVBUFFORCE, value, 4);
    }
}

pub fn send(by: &OwnedFd, packet: &[u8], destination: Ipv4Addr) {
    // SAFETY: a zeroed address is valid, and the buffer is valid for its length.
    let sent = unsafe {
        let mut to: libc::sockaddr_in = std::mem::zeroed();
        to.sin_family = libc::AF_INET as u16;
        to.sin_addr.s_addr = u32::from(destination).to_be();
        let length = size_of::<libc::sockaddr_in>() as u32;
        let (start, size) = (packet.as_ptr().cast(), packet.len());
        libc::sendto(by.as_raw_fd(), start, size, 0, (&raw const to).cast(), length)
    };
    // A packet that is dropped on the way is no error; one that is not sent would be.
    assert!(sent > 0, "{}", io::Error::last_os_error());
}

pub fn checksum(parts: &[&[u8]]) -> u16 {
    let mut sum = 0u32;
    for part in parts {
        for pair in part.chunks(2) {
            sum += u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
        }
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

/// The port that a packet is sent from.
pub fn port_of(number: u32) -> u16 {
    20_000 + (number % 40_000) as u16
}

/// A packet whose body carries a number.
pub fn bytes(source: Ipv4Addr, packet: &Packet, number: u32) -> Vec<u8> {
    let from_port = port_of(number);
    let mut body = Vec::new();
    match packet.content {
        Content::Tcp(port) => {
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&port.to_be_bytes());
            body.extend_from_slice(&number.to_be_bytes());
            body.extend_from_slice(&[0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0]);
            let length = (body.len() as u16).to_be_bytes();
            let (from, to) = (source.octets(), packet.destination.octets());
            let sum = checksum(&[&from, &to, &[0, 6], &length, &body]);
            body[16..18].copy_from_slice(&sum.to_be_bytes());
        }
        Content::Udp(port) => {
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&port.to_be_bytes());
            // Without a checksum, which UDP allows.
            body.extend_from_slice(&[0, 12, 0, 0]);
            body.extend_from_slice(&number.to_be_bytes());
        }
        Content::Icmp(kind, code) => {
            body.extend_from_slice(&[kind, code, 0, 0]);
            // The identifier tells conntrack one flow from another: each packet begins one.
            body.extend_from_slice(&number.rotate_left(16).to_be_bytes());
            let sum = checksum(&[&body]);
            body[2..4].copy_from_slice(&sum.to_be_bytes());
        }
        Content::Other(_) => body.extend_from_slice(&number.to_be_bytes()),
    }
    headed(source, packet.destination, packet.content.number(), &body)
}

/// A body behind a header of IPv4.
pub fn headed(source: Ipv4Addr, destination: Ipv4Addr, protocol: u8, body: &[u8]) -> Vec<u8> {
    let total = (20 + body.len()) as u16;
    let mut all = vec![0x45, 0];
    all.extend_from_slice(&total.to_be_bytes());
    all.extend_from_slice(&[0, 0, 0, 0, 64, protocol, 0, 0]);
    all.extend_from_slice(&source.octets());
    all.extend_from_slice(&destination.octets());
    all.extend_from_slice(body);
    all
}

/// A packet in two fragments, of which the first has its ports and nothing else.
pub fn in_two(packet: &[u8], number: u32) -> [Vec<u8>; 2] {
    const FIRST: usize = 8;
    const MORE: u16 = 0x2000;
    let fragment = |from: usize, to: usize, offset: u16| {
        let mut all = packet[..20].to_vec();
        all.extend_from_slice(&packet[from..to]);
        let total = all.len() as u16;
        all[2..4].copy_from_slice(&total.to_be_bytes());
        // Whoever puts them together goes by the number, which is never 0.
        all[4..6].copy_from_slice(&(1 + (number % 65_000) as u16).to_be_bytes());
        all[6..8].copy_from_slice(&offset.to_be_bytes());
        all
    };
    [fragment(20, 20 + FIRST, MORE), fragment(20 + FIRST, packet.len(), 1)]
}

/// The address of a slot that no ENI gave one.
pub fn link_local(slot: &Slot) -> Ipv4Addr {
    let table = namespace::enter(&slot.namespace, || {
        std::fs::read_to_string("/proc/thread-self/net/fib_trie")
    })
    .unwrap();
    let lines: Vec<&str> = table.lines().collect();
    let local = lines.windows(2).filter(|pair| pair[1].contains("host LOCAL"));
    let mut addresses = local.filter_map(|pair| pair[0].trim().strip_prefix("|-- ")?.parse().ok());
    addresses.find(|address: &Ipv4Addr| address.is_link_local()).expect("a slot has one")
}
