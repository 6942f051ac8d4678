//! Reach: the kernel's verdict on real packets against the engine's model, over generated rules.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId, GroupId, RuleId, SubnetId, VpcId};
use engine::network::reach::{Content, Packet, Reach};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{DropReason, EniPlan, GroupPlan, Holder, RulePlan, VpcPlan};
use engine::random::Random;
use engine::record::group::{Peer, Ports, Protocol};
use node::agent::{Network, Slot};
use node::net::{Net, namespace};

const WORLDS: u64 = 36;
/// Rule sets of a world, one after another over the same ENIs.
const ROUNDS: u64 = 2;
const PACKETS: u64 = 150;
const VPC: VpcId = VpcId(1);
const GROUPS: u64 = 5;
const ENIS: u64 = 6;
const PORTS: [u16; 6] = [0, 22, 53, 443, 5432, 65535];
/// Types of which conntrack takes a packet for the beginning of something.
const ICMP_TYPES: [u8; 3] = [8, 13, 15];
const OTHERS: [u8; 3] = [50, 51, 99];

/// The end of a sandbox that the test holds: raw packets out, all packets in.
struct Host {
    slot: Slot,
    own: Ipv4Addr,
    output: OwnedFd,
    input: OwnedFd,
}

fn socket(family: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
    // SAFETY: no memory is passed; the descriptor is owned from here on.
    let fd = unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) };
    // SAFETY: the descriptor is new and nobody else's.
    if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(unsafe { OwnedFd::from_raw_fd(fd) }) }
}

impl Host {
    fn new(slot: Slot, own: Ipv4Addr) -> Host {
        let (output, input) = namespace::enter(&slot.namespace, || {
            let every_packet = i32::from((libc::ETH_P_IP as u16).to_be());
            let input =
                socket(libc::AF_PACKET, libc::SOCK_DGRAM | libc::SOCK_NONBLOCK, every_packet)?;
            Ok((socket(libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_RAW)?, input))
        })
        .expect("the tests are run as root");
        let size: libc::c_int = 1 << 22;
        // SAFETY: the value is an int of the length given.
        unsafe {
            let value = (&raw const size).cast();
            libc::setsockopt(input.as_raw_fd(), libc::SOL_SOCKET, libc::SO_RCVBUFFORCE, value, 4);
        }
        Host { slot, own, output, input }
    }

    fn send(&self, packet: &[u8], destination: Ipv4Addr) {
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

    /// The next packet that came in for this host.
    fn receive(&self) -> Option<Vec<u8>> {
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

fn checksum(parts: &[&[u8]]) -> u16 {
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

/// A packet whose body carries a number.
fn bytes(source: Ipv4Addr, packet: &Packet, number: u32) -> Vec<u8> {
    let from_port = 20_000 + (number % 40_000) as u16;
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
    let total = (20 + body.len()) as u16;
    let mut all = vec![0x45, 0];
    all.extend_from_slice(&total.to_be_bytes());
    all.extend_from_slice(&[0, 0, 0, 0, 64, packet.content.number(), 0, 0]);
    all.extend_from_slice(&source.octets());
    all.extend_from_slice(&packet.destination.octets());
    all.extend_from_slice(&body);
    all
}

/// The number and the source of a packet of ours that came in.
fn read(packet: &[u8]) -> Option<(u32, Ipv4Addr)> {
    let body = &packet[20..];
    let at = match packet[9] {
        1 if ICMP_TYPES.contains(body.first()?) => 4,
        6 if *body.get(13)? == 2 => 4,
        17 => 8,
        other if OTHERS.contains(&other) => 0,
        _ => return None,
    };
    let number = u32::from_be_bytes(body.get(at..at + 4)?.try_into().ok()?);
    let number = if packet[9] == 1 { number.rotate_left(16) } else { number };
    let source: [u8; 4] = packet[12..16].try_into().ok()?;
    Some((number, source.into()))
}

struct World {
    net: Net,
    reports: Receiver<NodeReport>,
    random: Random,
    vpc: VpcPlan,
    groups: BTreeMap<GroupId, GroupPlan>,
    enis: BTreeMap<EniId, EniPlan>,
    /// The packets of the round before, with the model's verdicts.
    earlier: Vec<(Packet, Result<(), DropReason>)>,
    hosts: BTreeMap<EniId, Host>,
}

impl World {
    fn new(seed: u64) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let instance = format!("reach-{}-{seed}", std::process::id());
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let net =
            Net::start(&instance, Vec::new(), Arc::new(report)).expect("the tests are run as root");
        let block = |base: [u8; 4], prefix| Cidr::containing(base.into(), prefix).unwrap();
        let vpc = VpcPlan::empty(VPC, vec![block([10, 0, 0, 0], 16)]);
        let (groups, enis, hosts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let random = Random::new(seed);
        let earlier = Vec::new();
        let mut world = World { net, reports, random, vpc, groups, enis, earlier, hosts };
        world.change_rules();
        (1..=ENIS).for_each(|id| world.add_eni(id));
        world
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random.draw() % limit
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn rule(&mut self, id: u64) -> RulePlan {
        let ports = |world: &mut World| {
            let (one, other) = (world.one(&PORTS), world.one(&PORTS));
            Ports { first: one.min(other), last: one.max(other) }
        };
        let protocol = match self.below(8) {
            0 => Protocol::All,
            1..=3 => Protocol::Tcp(ports(self)),
            4 | 5 => Protocol::Udp(ports(self)),
            6 => {
                let kind = (self.below(3) > 0).then(|| self.one(&ICMP_TYPES));
                let code = (kind.is_some() && self.below(2) == 0).then(|| self.below(2) as u8);
                Protocol::Icmp { kind, code }
            }
            _ => Protocol::Number(self.one(&[1, 6, 17, 50, 99])),
        };
        let peer = match self.below(3) {
            0 => Peer::Group(GroupId(1 + self.below(GROUPS))),
            _ => {
                let last = self.below(64) as u8;
                let prefix = self.one(&[0, 8, 16, 24, 26, 28, 30, 32]);
                Peer::Cidr(Cidr::containing([10, 0, 1, last].into(), prefix).unwrap())
            }
        };
        RulePlan { rule: RuleId(id), protocol, peer }
    }

    fn change_rules(&mut self) {
        for id in 1..=GROUPS {
            let group = GroupId(id);
            let few = self.below(4);
            let ingress = (0..few).map(|id| self.rule(id)).collect();
            let many = self.below(6);
            let egress = (0..many).map(|id| self.rule(id)).collect();
            let plan = GroupPlan { group, vpc: VPC, ingress, egress };
            self.vpc.groups.insert(group, Arc::new(plan.clone()));
            self.groups.insert(group, plan);
        }
        self.vpc.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.vpc.clone())));
    }

    fn add_eni(&mut self, id: u64) {
        let mut groups = BTreeSet::from([GroupId(1 + self.below(GROUPS))]);
        for _ in 0..self.below(3) {
            groups.insert(GroupId(1 + self.below(GROUPS)));
        }
        // The last is shared by environments.
        let holder = if id == ENIS { Holder::Shared } else { Holder::Environment };
        let plan = EniPlan {
            eni: EniId(id),
            vpc: VPC,
            subnet: SubnetId(1),
            gateway: [10, 0, 1, 1].into(),
            address: [10, 0, 1, (id * 8) as u8].into(),
            mac: [2, 0, 0, 0, 0, id as u8],
            groups,
            holder,
        };
        let attachment = if holder == Holder::Shared {
            self.net.command(NodeCommand::PutEni(plan.clone()));
            Attachment::Hyperplane(plan.eni)
        } else {
            Attachment::Classic(plan.clone())
        };
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(id), &attachment).unwrap();
        let own = match holder {
            // The only slot that keeps its link-local address.
            Holder::Shared => link_local(&slot),
            Holder::Environment | Holder::Resource => plan.address,
        };
        self.hosts.insert(plan.eni, Host::new(slot, own));
        self.enis.insert(plan.eni, plan);
    }

    fn packet(&mut self) -> Packet {
        let sender = 1 + self.below(ENIS);
        let other = 1 + (sender + self.below(ENIS - 1)) % ENIS;
        let destination = match self.below(10) {
            0 => [10, 0, 1, 200].into(),
            1 => [10, 7, 0, 1].into(),
            _ => self.enis[&EniId(other)].address,
        };
        let content = match self.below(10) {
            0..=3 => Content::Tcp(self.one(&PORTS)),
            4..=6 => Content::Udp(self.one(&PORTS)),
            // An answer by protocol number alone would be of an established flow.
            7 if sender < other => Content::Other(self.one(&OTHERS)),
            _ => Content::Icmp(self.one(&ICMP_TYPES), self.below(2) as u8),
        };
        Packet { sender: EniId(sender), destination, content }
    }

    /// Sends packets, and compares who got them with who should have.
    fn round(&mut self, first: u32) -> Result<(), String> {
        let packets: BTreeMap<u32, Packet> =
            (first..).take(PACKETS as usize).map(|number| (number, self.packet())).collect();
        let reach = Reach { vpc: &self.vpc, groups: &self.groups, enis: &self.enis };
        let verdicts: BTreeMap<u32, Result<(), DropReason>> =
            packets.iter().map(|(number, packet)| (*number, reach.judge(packet))).collect();
        for (number, packet) in &packets {
            let host = &self.hosts[&packet.sender];
            host.send(&bytes(host.own, packet, *number), packet.destination);
        }
        let mut missing: BTreeSet<u32> =
            verdicts.iter().filter(|(_, is)| is.is_ok()).map(|(number, _)| *number).collect();
        let end = Instant::now() + Duration::from_secs(5);
        // What should come is waited for; what should not is given as long as that took, and is
        // still noticed in a later round.
        let mut quiet = 0;
        while (!missing.is_empty() && Instant::now() < end) || quiet < 3 {
            let mut has_come = false;
            for (eni, host) in &self.hosts {
                while let Some(received) = host.receive() {
                    let Some((number, source)) = read(&received) else { continue };
                    let Some(packet) = packets.get(&number) else {
                        return Err(format!("packet {number} came to {eni} late or from nowhere"));
                    };
                    has_come = true;
                    if verdicts[&number].is_err() || self.enis[eni].address != packet.destination {
                        let verdict = verdicts[&number];
                        return Err(format!(
                            "{packet:?} came to {eni}; the model says {verdict:?}"
                        ));
                    }
                    if source != self.enis[&packet.sender].address {
                        return Err(format!("{packet:?} came from {source}"));
                    }
                    missing.remove(&number);
                }
            }
            quiet = if has_come { 0 } else { quiet + 1 };
            std::thread::sleep(Duration::from_millis(1));
        }
        if let Some(number) = missing.first() {
            return Err(format!("{:?} did not come; the model lets it", packets[number]));
        }
        let outcome = self.compare_reasons(&packets, &verdicts);
        self.earlier = packets.into_values().zip(verdicts.into_values()).collect();
        outcome
    }

    /// Drops that were told have the model's reason; the rate at which they are told is limited. On a
    /// busy machine one of the round before may be told only now.
    fn compare_reasons(
        &self,
        packets: &BTreeMap<u32, Packet>,
        verdicts: &BTreeMap<u32, Result<(), DropReason>>,
    ) -> Result<(), String> {
        while let Ok(report) = self.reports.recv_timeout(Duration::from_millis(2)) {
            let NodeReport::Dropped(drop) = report else { continue };
            let earlier = self.earlier.iter().map(|(packet, verdict)| (packet, verdict));
            let reasons: BTreeSet<_> = packets
                .iter()
                .map(|(number, packet)| (packet, &verdicts[number]))
                .chain(earlier)
                .filter(|(packet, _)| {
                    let port = match packet.content {
                        Content::Tcp(port) | Content::Udp(port) => port,
                        Content::Icmp(..) | Content::Other(_) => 0,
                    };
                    Some(packet.sender) == drop.eni
                        && packet.destination == *drop.destination.ip()
                        && packet.content.number() == drop.protocol
                        && port == drop.destination.port()
                })
                .map(|(_, verdict)| *verdict)
                .collect();
            if !reasons.is_empty() && !reasons.contains(&Err(drop.reason)) {
                return Err(format!("{drop:?} was told; the model says {reasons:?}"));
            }
        }
        Ok(())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for host in std::mem::take(&mut self.hosts).into_values() {
            self.net.release(&host.slot);
        }
        self.net.command(NodeCommand::DeleteVpc(VPC));
    }
}

/// The address of a slot that no ENI gave one.
fn link_local(slot: &Slot) -> Ipv4Addr {
    let table = namespace::enter(&slot.namespace, || {
        std::fs::read_to_string("/proc/thread-self/net/fib_trie")
    })
    .unwrap();
    let lines: Vec<&str> = table.lines().collect();
    let local = lines.windows(2).filter(|pair| pair[1].contains("host LOCAL"));
    let mut addresses = local.filter_map(|pair| pair[0].trim().strip_prefix("|-- ")?.parse().ok());
    addresses.find(|address: &Ipv4Addr| address.is_link_local()).expect("a slot has one")
}

#[test]
fn the_kernel_and_the_model_agree_on_every_packet() {
    const { assert!(WORLDS * ROUNDS * PACKETS >= 10_000) };
    let mut numbers = 0u32;
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for round in 0..ROUNDS {
            if round > 0 {
                world.change_rules();
            }
            if let Err(difference) = world.round(numbers) {
                panic!("seed {seed}, round {round}: {difference}\n{:#?}", world.groups);
            }
            numbers += PACKETS as u32;
        }
    }
}
