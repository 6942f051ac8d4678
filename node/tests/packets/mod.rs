//! Raw packets for tests that hold the kernel against the model: made, sent, received and read again.
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::cell::RefCell;
use std::fs::{self, File};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Deref;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::id::{Generation, ResourceId, VpcEndpointId, VpcId};
use engine::network::reach::{Content, Packet};
use engine::node::{NodeCommand, NodeReport};
use engine::plan::EniPlan;
use engine::random::Random;
use node::agent::{Network, Slot};
use node::net::{Net, namespace};

/// Types of which conntrack takes a packet for the beginning of something.
pub const ICMP_TYPES: [u8; 3] = [8, 13, 15];
pub const OTHERS: [u8; 3] = [50, 51, 99];

/// A network of its own, and what it reports.
pub fn start(name: &str) -> (Net, Receiver<NodeReport>) {
    let (sender, reports) = channel();
    let sender = Mutex::new(sender);
    let instance = format!("{name}-{}", std::process::id());
    let report = move |report| drop(sender.lock().unwrap().send(report));
    let net = Net::start(&instance, Vec::new(), Arc::new(report));
    (net.expect("the tests are run as root"), reports)
}

/// Waits until plans of these generations are in force.
pub fn until_in_force(reports: &Receiver<NodeReport>, plans: &[(VpcId, Generation)]) {
    let mut left = plans.to_vec();
    while !left.is_empty() {
        match reports.recv_timeout(Duration::from_secs(10)).unwrap() {
            NodeReport::PlanInForce { vpc, generation } => {
                left.retain(|plan| *plan != (vpc, generation));
            }
            NodeReport::Dropped(_) | NodeReport::EniReady(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// What tests draw.
pub trait Draw {
    fn below(&mut self, limit: u64) -> u64;
    fn one<T: Copy>(&mut self, of: &[T]) -> T;
}

impl Draw for Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.draw() % limit
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }
}

/// Where a fragment is that begins a packet, and is not all of it.
const FIRST_OF_MORE: u16 = 0x2000;

/// The end of a sandbox that the test holds.
pub struct Host {
    pub slot: Slot,
    ends: Ends,
}

impl Host {
    pub fn new(slot: Slot, own: Ipv4Addr) -> Host {
        let ends = Ends::new(&slot.namespace, own);
        Host { slot, ends }
    }
}

impl Deref for Host {
    type Target = Ends;

    fn deref(&self) -> &Ends {
        &self.ends
    }
}

/// Makes an ENI that of an interface endpoint, where somebody listens and says no more.
pub fn endpoint(net: &Net, reports: &Receiver<NodeReport>, plan: &EniPlan) -> Ends {
    let (resource, serves) = (ResourceId(plan.eni.0), Some(VpcEndpointId(plan.eni.0)));
    let (eni, ports) = (plan.clone(), Vec::new());
    net.command(NodeCommand::PutResource { resource, eni, ports, serves });
    let path = loop {
        match reports.recv_timeout(Duration::from_secs(10)).expect("it is made") {
            NodeReport::ResourceReady(_, path) => break path,
            NodeReport::ResourceFailed(_, why) => panic!("{why:?}"),
            _ => {}
        }
    };
    let namespace = OwnedFd::from(File::open(path).unwrap());
    // What is answered comes at once or not at all: rules are others by the time of another try.
    let once = || fs::write("/proc/sys/net/ipv4/tcp_synack_retries", "0");
    namespace::enter(&namespace, once).unwrap();
    Ends::new(&namespace, plan.address)
}

/// What the test holds in a namespace: raw packets out, all packets in.
pub struct Ends {
    pub own: Ipv4Addr,
    output: OwnedFd,
    input: OwnedFd,
    /// First fragments of packets, of which the rest is yet to come.
    begun: RefCell<Vec<Vec<u8>>>,
}

/// An address of IPv4, which all packets here are of.
pub fn v4(address: IpAddr) -> Ipv4Addr {
    let IpAddr::V4(address) = address else { panic!("{address} is of IPv6") };
    address
}

pub fn socket(family: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
    // SAFETY: no memory is passed; the descriptor is owned from here on.
    let fd = unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) };
    // SAFETY: the descriptor is new and nobody else's.
    if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(unsafe { OwnedFd::from_raw_fd(fd) }) }
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

impl Ends {
    pub fn new(namespace: &OwnedFd, own: Ipv4Addr) -> Ends {
        let (output, input) = namespace::enter(namespace, || {
            let every_packet = i32::from((libc::ETH_P_IP as u16).to_be());
            let input =
                socket(libc::AF_PACKET, libc::SOCK_DGRAM | libc::SOCK_NONBLOCK, every_packet)?;
            Ok((socket(libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_RAW)?, input))
        })
        .expect("the tests are run as root");
        make_room(&input);
        Ends { own, output, input, begun: RefCell::default() }
    }

    pub fn send(&self, packet: &[u8], destination: Ipv4Addr) {
        // SAFETY: a zeroed address is valid, and the buffer is valid for its length.
        let sent = unsafe {
            let mut to: libc::sockaddr_in = std::mem::zeroed();
            to.sin_family = libc::AF_INET as u16;
            to.sin_addr.s_addr = u32::from(destination).to_be();
            let length = size_of::<libc::sockaddr_in>() as u32;
            let (start, size) = (packet.as_ptr().cast(), packet.len());
            libc::sendto(self.output.as_raw_fd(), start, size, 0, (&raw const to).cast(), length)
        };
        // A packet that is dropped on the way is no error; one that is not sent would be.
        assert!(sent > 0, "{}", io::Error::last_os_error());
    }

    /// The next packet that came in for this host: what comes in two fragments is put together.
    pub fn receive(&self) -> Option<Vec<u8>> {
        loop {
            let packet = self.receive_part()?;
            let place = u16::from_be_bytes([packet[6], packet[7]]) & 0x3fff;
            let mut begun = self.begun.borrow_mut();
            // By number, protocol and both ends.
            let is_of_one = |first: &Vec<u8>| {
                first[4..6] == packet[4..6]
                    && first[9] == packet[9]
                    && first[12..20] == packet[12..20]
            };
            let first = begun.iter().position(is_of_one);
            match (place, first) {
                (0, _) => return Some(packet),
                (FIRST_OF_MORE, _) => begun.push(packet),
                (_, Some(first)) => {
                    let mut whole = begun.swap_remove(first);
                    whole.extend_from_slice(&packet[20..]);
                    let total = whole.len() as u16;
                    whole[2..4].copy_from_slice(&total.to_be_bytes());
                    return Some(whole);
                }
                (_, None) => {}
            }
        }
    }

    fn receive_part(&self) -> Option<Vec<u8>> {
        let mut buffer = vec![0u8; 2048];
        loop {
            // SAFETY: a zeroed address is valid; both buffers are valid for their lengths.
            let (length, kind) = unsafe {
                let mut from: libc::sockaddr_ll = std::mem::zeroed();
                let mut size = size_of::<libc::sockaddr_ll>() as u32;
                let length = libc::recvfrom(
                    self.input.as_raw_fd(),
                    buffer.as_mut_ptr().cast(),
                    buffer.len(),
                    0,
                    (&raw mut from).cast(),
                    &raw mut size,
                );
                (length, from.sll_pkttype)
            };
            if length < 20 {
                return None;
            }
            if kind == libc::PACKET_HOST {
                buffer.truncate(length as usize);
                return Some(buffer);
            }
        }
    }
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

/// The reply to a packet of UDP, as it came.
pub fn reply_to(received: &[u8], port: u16, number: u32) -> (Vec<u8>, Ipv4Addr) {
    let address = |at: usize| <[u8; 4]>::try_from(&received[at..at + 4]).unwrap().into();
    let mut body = Vec::from(port.to_be_bytes());
    body.extend_from_slice(&received[20..22]);
    body.extend_from_slice(&[0, 12, 0, 0]);
    body.extend_from_slice(&number.to_be_bytes());
    (headed(address(16), address(12), 17, &body), address(12))
}

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
    [fragment(20, 20 + FIRST, FIRST_OF_MORE), fragment(20 + FIRST, packet.len(), 1)]
}

/// Flags of TCP in what answers to the beginning of a connection: reset, or taken.
const RESET: u8 = 0x14;
const TAKEN: u8 = 0x12;
const ACKNOWLEDGES: [u8; 2] = [RESET, TAKEN];

/// Whether this is what takes a connection.
pub fn is_taken(packet: &[u8]) -> bool {
    packet[9] == 6 && packet.get(33) == Some(&TAKEN)
}

/// The number and the source of a packet of ours that came in, or of a reply to one: namespaces reset
/// connections that nobody waits for, take those that somebody does, and answer echo requests.
pub fn read(packet: &[u8]) -> Option<(u32, Ipv4Addr)> {
    let body = &packet[20..];
    let at = match packet[9] {
        1 if *body.first()? == 0 || ICMP_TYPES.contains(body.first()?) => 4,
        6 if *body.get(13)? == 2 => 4,
        // What a reset acknowledges is one more than the number, and so it is of who listens.
        6 if ACKNOWLEDGES.contains(body.get(13)?) => 8,
        17 => 8,
        other if OTHERS.contains(&other) => 0,
        _ => return None,
    };
    let number = u32::from_be_bytes(body.get(at..at + 4)?.try_into().ok()?);
    let number = match packet[9] {
        1 => number.rotate_left(16),
        6 if ACKNOWLEDGES.contains(&body[13]) => number.wrapping_sub(1),
        _ => number,
    };
    let source: [u8; 4] = packet[12..16].try_into().ok()?;
    Some((number, source.into()))
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
