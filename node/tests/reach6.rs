//! Reach by IPv6: the kernel's verdict on real packets and on replies to them against the engine's model,
//! over generated rules of security groups and network ACLs of both families.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::id::{AclId, EniId, EnvironmentId, GroupId, RouteTableId, RuleId, SubnetId, VpcId};
use engine::network::reach::{Content, Reach};
use engine::network::reach6::Packet6;
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, RulePlan, SubnetPlan, VpcPlan,
};
use engine::random::Random;
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::{Network, Slot};
use node::net::{Net, namespace};

const WORLDS: u64 = 20;
/// Rule sets of a world, one after another over the same ENIs.
const ROUNDS: u64 = 5;
const PACKETS: u64 = 200;
const VPC: VpcId = VpcId(1);
const GROUPS: u64 = 5;
const ENIS: u64 = 6;
const ACLS: u64 = 4;
/// Subnets, of which ENIs are in turn.
const SUBNETS: [(u16, u8); 3] = [(0x501, 64), (0x502, 64), (0x510, 60)];
const PORTS: [u16; 6] = [0, 22, 53, 443, 5432, 65535];
/// Types of which conntrack takes a packet for the beginning of something: echo, and whose a name is.
const ICMP_TYPES: [u8; 2] = [128, 139];
const OTHERS: [u8; 2] = [99, 253];

/// A packet that does not arrive: on whose account, from where, where to, its port and protocol, and why
/// not.
type Expected = (EniId, IpAddr, IpAddr, u16, u8, DropReason);
type Verdicts = BTreeMap<u32, Result<(), DropReason>>;

fn at(part: u16, number: u16) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 2, 0, part, 0, 0, 0, number)
}

fn block(part: u16, prefix: u8) -> Cidr6 {
    Cidr6::containing(at(part, 0), prefix).unwrap()
}

/// The end of a sandbox that the test holds: raw packets out, all packets in.
struct Host {
    slot: Slot,
    own: Ipv6Addr,
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
    fn new(slot: Slot) -> Host {
        let (output, input, own) = namespace::enter(&slot.namespace, || {
            let every_packet = i32::from((libc::ETH_P_IPV6 as u16).to_be());
            let input =
                socket(libc::AF_PACKET, libc::SOCK_DGRAM | libc::SOCK_NONBLOCK, every_packet)?;
            let output = socket(libc::AF_INET6, libc::SOCK_RAW, libc::IPPROTO_RAW)?;
            Ok((output, input, std::fs::read_to_string("/proc/thread-self/net/if_inet6")?))
        })
        .expect("the tests are run as root");
        let own = own.lines().find(|line| line.ends_with("eth0")).expect("a slot has an address");
        let own = u128::from_str_radix(&own[..32], 16).expect("an address").into();
        Host { slot, own, output, input }
    }

    fn send(&self, packet: &[u8], destination: Ipv6Addr) {
        // SAFETY: a zeroed address is valid, and the buffer is valid for its length.
        let sent = unsafe {
            let mut to: libc::sockaddr_in6 = std::mem::zeroed();
            to.sin6_family = libc::AF_INET6 as u16;
            to.sin6_addr.s6_addr = destination.octets();
            let length = size_of::<libc::sockaddr_in6>() as u32;
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
            if length < 40 {
                return None;
            }
            if kind == libc::PACKET_HOST {
                buffer.truncate(length as usize);
                return Some(buffer);
            }
        }
    }
}

fn checksum(source: Ipv6Addr, destination: Ipv6Addr, protocol: u8, body: &[u8]) -> [u8; 2] {
    let (from, to) = (source.octets(), destination.octets());
    let length = (body.len() as u32).to_be_bytes();
    let mut sum = 0u32;
    for part in [&from[..], &to, &length, &[0, 0, 0, protocol], body] {
        for pair in part.chunks(2) {
            sum += u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0));
        }
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    (!(sum as u16)).to_be_bytes()
}

/// The port that a packet is sent from.
fn port_of(number: u32) -> u16 {
    20_000 + (number % 40_000) as u16
}

fn number_of(content: Content) -> u8 {
    if matches!(content, Content::Icmp(..)) { 58 } else { content.number() }
}

/// A packet whose body carries a number.
fn bytes(
    (source, from_port): (Ipv6Addr, u16),
    destination: Ipv6Addr,
    content: Content,
    number: u32,
) -> Vec<u8> {
    let mut body = Vec::new();
    let at = match content {
        Content::Tcp(port) => {
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&port.to_be_bytes());
            body.extend_from_slice(&number.to_be_bytes());
            body.extend_from_slice(&[0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0]);
            Some(16)
        }
        Content::Udp(port) => {
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&port.to_be_bytes());
            body.extend_from_slice(&[0, 12, 0, 0]);
            body.extend_from_slice(&number.to_be_bytes());
            Some(6)
        }
        Content::Icmp(kind, code) => {
            body.extend_from_slice(&[kind, code, 0, 0]);
            // The identifier tells conntrack one flow from another: each packet begins one.
            body.extend_from_slice(&number.rotate_left(16).to_be_bytes());
            body.extend_from_slice(&[0; 8]);
            Some(2)
        }
        Content::Other(_) => {
            body.extend_from_slice(&number.to_be_bytes());
            None
        }
    };
    let protocol = number_of(content);
    if let Some(at) = at {
        let sum = checksum(source, destination, protocol, &body);
        body[at..at + 2].copy_from_slice(&sum);
    }
    let mut all = vec![0x60, 0, 0, 0];
    all.extend_from_slice(&(body.len() as u16).to_be_bytes());
    all.extend_from_slice(&[protocol, 64]);
    all.extend_from_slice(&source.octets());
    all.extend_from_slice(&destination.octets());
    all.extend_from_slice(&body);
    all
}

fn address(packet: &[u8], at: usize) -> Ipv6Addr {
    <[u8; 16]>::try_from(&packet[at..at + 16]).unwrap().into()
}

/// The number and the source of a packet of ours that came in, or of a reply to one: namespaces reset
/// connections that nobody waits for, and answer echo requests.
fn read(packet: &[u8]) -> Option<(u32, Ipv6Addr)> {
    let body = &packet[40..];
    let at = match packet[6] {
        58 if *body.first()? == 129 || ICMP_TYPES.contains(body.first()?) => 4,
        6 if *body.get(13)? == 2 => 4,
        // What a reset acknowledges is one more than the number.
        6 if *body.get(13)? == 0x14 => 8,
        17 => 8,
        other if OTHERS.contains(&other) => 0,
        _ => return None,
    };
    let number = u32::from_be_bytes(body.get(at..at + 4)?.try_into().ok()?);
    let number = match packet[6] {
        58 => number.rotate_left(16),
        6 if body[13] == 0x14 => number.wrapping_sub(1),
        _ => number,
    };
    Some((number, address(packet, 8)))
}

struct World {
    net: Net,
    reports: Receiver<NodeReport>,
    random: Random,
    vpc: VpcPlan,
    groups: BTreeMap<GroupId, GroupPlan>,
    enis: BTreeMap<EniId, EniPlan>,
    hosts: BTreeMap<EniId, Host>,
    /// The drops that the model expected in the rounds before.
    earlier: BTreeSet<Expected>,
}

impl World {
    fn new(seed: u64) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let instance = format!("reach6-{}-{seed}", std::process::id());
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let net =
            Net::start(&instance, Vec::new(), Arc::new(report)).expect("the tests are run as root");
        let mut vpc =
            VpcPlan::empty(VPC, vec![Cidr::containing([10, 0, 0, 0].into(), 16).unwrap()]);
        vpc.cidrs6 = vec![block(0x500, 56)];
        let (groups, enis, hosts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let random = Random::new(seed);
        let earlier = BTreeSet::new();
        let mut world = World { net, reports, random, vpc, groups, enis, hosts, earlier };
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

    fn protocol(&mut self) -> Protocol {
        let ports = |world: &mut World| {
            let (one, other) = (world.one(&PORTS), world.one(&PORTS));
            Ports { first: one.min(other), last: one.max(other) }
        };
        match self.below(9) {
            0 => Protocol::All,
            1..=3 => Protocol::Tcp(ports(self)),
            4 | 5 => Protocol::Udp(ports(self)),
            6 => Protocol::Icmp { kind: None, code: None },
            7 => {
                let kind = (self.below(3) > 0).then(|| self.one(&ICMP_TYPES));
                let code = (kind.is_some() && self.below(2) == 0).then(|| self.below(2) as u8);
                Protocol::Icmp6 { kind, code }
            }
            _ => Protocol::Number(self.one(&[1, 6, 17, 99])),
        }
    }

    fn block(&mut self) -> Cidr6 {
        let (part, _) = self.one(&SUBNETS);
        let within = self.below(64) as u16;
        let prefix = self.one(&[0, 16, 48, 60, 64, 122, 125, 128]);
        Cidr6::containing(at(part, within), prefix).unwrap()
    }

    fn rule(&mut self, id: u64) -> RulePlan {
        let protocol = self.protocol();
        let peer = match self.below(4) {
            0 => Peer::Group(GroupId(1 + self.below(GROUPS))),
            1 => Peer::Cidr(Cidr::ANYWHERE),
            _ => Peer::Cidr6(self.block()),
        };
        RulePlan { rule: RuleId(id), protocol, peer }
    }

    /// Rules of one way of an ACL; some let everything through in the end, or at once.
    fn acl_rules(&mut self) -> Vec<AclRulePlan> {
        let mut rules = Vec::new();
        for number in 1..=self.below(7) as u16 {
            let allows = self.below(4) > 0;
            let block = match self.below(4) {
                0 => AclBlock::V4(Cidr::ANYWHERE),
                _ => AclBlock::V6(self.block()),
            };
            rules.push(AclRulePlan { number, allows, protocol: self.protocol(), block });
        }
        if self.below(3) > 0 {
            let block = AclBlock::V6(Cidr6::ANYWHERE);
            let protocol = Protocol::All;
            rules.push(AclRulePlan { number: 100, allows: true, protocol, block });
        }
        rules
    }

    fn change_rules(&mut self) {
        for id in 1..=GROUPS {
            let group = GroupId(id);
            let few = self.below(4);
            let mut ingress: Vec<_> = (0..few).map(|id| self.rule(id)).collect();
            let many = self.below(6);
            let mut egress: Vec<_> = (0..many).map(|id| self.rule(id)).collect();
            // Some are open, so that others have a say.
            let (protocol, peer) = (Protocol::All, Peer::Cidr6(Cidr6::ANYWHERE));
            for (rules, of) in [(&mut ingress, 4), (&mut egress, 2)] {
                if self.below(of) == 0 {
                    rules.push(RulePlan { rule: RuleId(9), protocol, peer });
                }
            }
            let plan = GroupPlan { group, vpc: VPC, ingress, egress };
            self.vpc.groups.insert(group, Arc::new(plan.clone()));
            self.groups.insert(group, plan);
        }
        for id in 1..=ACLS {
            // Some stay as they are.
            if self.vpc.acls.contains_key(&AclId(id)) && self.below(3) == 0 {
                continue;
            }
            let (ingress, egress) = (self.acl_rules(), self.acl_rules());
            let plan = AclPlan { acl: AclId(id), ingress, egress };
            self.vpc.acls.insert(plan.acl, Arc::new(plan));
        }
        let subnets = SUBNETS.into_iter().zip(1..).map(|((part, prefix), id)| SubnetPlan {
            subnet: SubnetId(id),
            cidr: Cidr::containing([10, 0, id as u8, 0].into(), 24).unwrap(),
            cidr6: Some(block(part, prefix)),
            table: RouteTableId(1),
            acl: AclId(1 + self.random.draw() % ACLS),
        });
        self.vpc.subnets = subnets.collect();
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
        let place = id as usize % SUBNETS.len();
        let subnet = 1 + place as u64;
        let plan = EniPlan {
            eni: EniId(id),
            vpc: VPC,
            subnet: SubnetId(subnet),
            gateway: [10, 0, subnet as u8, 1].into(),
            address: [10, 0, subnet as u8, 8 + id as u8].into(),
            addresses6: vec![at(SUBNETS[place].0, id as u16 * 8)],
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
        self.hosts.insert(plan.eni, Host::new(slot));
        self.enis.insert(plan.eni, plan);
    }

    fn address(&self, eni: EniId) -> Ipv6Addr {
        self.enis[&eni].addresses6[0]
    }

    fn packet(&mut self) -> Packet6 {
        let sender = 1 + self.below(ENIS);
        let other = 1 + (sender + self.below(ENIS - 1)) % ENIS;
        let destination = match self.below(20) {
            0 => at(0x501, 200),
            1 => at(0x5ff, 200),
            2 => at(0x600, 1),
            _ => self.address(EniId(other)),
        };
        let content = match self.below(10) {
            0..=3 => Content::Tcp(self.one(&PORTS)),
            4..=6 => Content::Udp(self.one(&PORTS)),
            // An answer by protocol number alone would be of an established flow.
            7 if sender < other => Content::Other(self.one(&OTHERS)),
            _ => Content::Icmp(self.one(&ICMP_TYPES), self.below(2) as u8),
        };
        Packet6 { sender: EniId(sender), destination, content }
    }

    fn reach(&self) -> Reach<'_> {
        Reach { vpc: &self.vpc, groups: &self.groups, enis: &self.enis }
    }

    /// What a reply to a packet that arrived is, where it is replied to.
    fn reply_content(number: u32, packet: &Packet6) -> Option<Content> {
        match packet.content {
            Content::Tcp(_) => Some(Content::Tcp(port_of(number))),
            Content::Udp(_) => Some(Content::Udp(port_of(number))),
            Content::Icmp(128, code) => Some(Content::Icmp(129, code)),
            Content::Icmp(..) | Content::Other(_) => None,
        }
    }

    fn reply(&self, number: u32, packet: &Packet6) -> Option<Result<(), DropReason>> {
        let content = World::reply_content(number, packet)?;
        let own = self.address(packet.sender);
        Some(self.reach().judge_reply6(packet.destination, own, content))
    }

    /// Sends packets, and compares who got them, and who a reply, with who should have.
    fn round(&mut self, first: u32) -> Result<(), String> {
        let packets: BTreeMap<u32, Packet6> =
            (first..).take(PACKETS as usize).map(|number| (number, self.packet())).collect();
        let judged = packets.iter();
        let verdicts: Verdicts =
            judged.map(|(number, packet)| (*number, self.reach().judge6(packet))).collect();
        let replies: Verdicts = packets
            .iter()
            .filter(|(number, _)| verdicts[number].is_ok())
            .filter_map(|(number, packet)| Some((*number, self.reply(*number, packet)?)))
            .collect();
        for (number, packet) in &packets {
            let host = &self.hosts[&packet.sender];
            let from = (host.own, port_of(*number));
            host.send(
                &bytes(from, packet.destination, packet.content, *number),
                packet.destination,
            );
        }
        let arriving = |verdicts: &Verdicts, is_reply: bool| {
            let arriving = verdicts.iter().filter(|(_, is)| is.is_ok());
            arriving.map(move |(number, _)| (*number, is_reply)).collect::<Vec<_>>()
        };
        let mut missing: BTreeSet<(u32, bool)> =
            arriving(&verdicts, false).into_iter().chain(arriving(&replies, true)).collect();
        let end = Instant::now() + Duration::from_secs(5);
        // What should come is waited for; what should not is given as long as that took.
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
                    let is_reply = *eni == packet.sender;
                    let (verdict, from) = match is_reply {
                        true => (replies.get(&number).copied(), packet.destination),
                        false => (Some(verdicts[&number]), self.address(packet.sender)),
                    };
                    let is_theirs = is_reply || self.address(*eni) == packet.destination;
                    if verdict != Some(Ok(())) || !is_theirs || source != from {
                        return Err(format!(
                            "{packet:?} or a reply came to {eni} from {source}; the model says {verdict:?}"
                        ));
                    }
                    missing.remove(&(number, is_reply));
                    if let (Content::Udp(port), false) = (packet.content, is_reply) {
                        let to = address(&received, 8);
                        let content = Content::Udp(port_of(number));
                        host.send(&bytes((host.own, port), to, content, number), to);
                    }
                }
            }
            quiet = if has_come { 0 } else { quiet + 1 };
            std::thread::sleep(Duration::from_millis(1));
        }
        if let Some((number, is_reply)) = missing.first() {
            let what = if *is_reply { "the reply to " } else { "" };
            return Err(format!("{what}{:?} did not come; the model lets it", packets[number]));
        }
        let expected = self.expected(&packets, &verdicts, &replies);
        let outcome = self.compare_reasons(&expected);
        self.earlier.extend(expected);
        outcome
    }

    /// The drops that may be told.
    fn expected(
        &self,
        packets: &BTreeMap<u32, Packet6>,
        verdicts: &Verdicts,
        replies: &Verdicts,
    ) -> BTreeSet<Expected> {
        let mut expected = BTreeSet::new();
        for (number, packet) in packets {
            let ends = (IpAddr::from(self.address(packet.sender)), packet.destination.into());
            let port = match packet.content {
                Content::Tcp(port) | Content::Udp(port) => port,
                Content::Icmp(..) | Content::Other(_) => 0,
            };
            let protocol = number_of(packet.content);
            if let Err(reason) = verdicts[number] {
                expected.insert((packet.sender, ends.0, ends.1, port, protocol, reason));
            }
            if let Some(Err(reason)) = replies.get(number) {
                let port = port_of(*number);
                expected.insert((packet.sender, ends.1, ends.0, port, protocol, *reason));
            }
        }
        expected
    }

    /// Drops that were told have the model's reason; the rate at which they are told is limited, and on
    /// a busy machine one of an earlier round may be told only now. Of what hosts say unasked the model
    /// knows nothing.
    fn compare_reasons(&self, expected: &BTreeSet<Expected>) -> Result<(), String> {
        while let Ok(report) = self.reports.recv_timeout(Duration::from_millis(2)) {
            let NodeReport::Dropped(drop) = report else { continue };
            let Some(eni) = drop.eni else { return Err(format!("{drop:?} is nobody's")) };
            let (to, port) = (drop.destination.ip(), drop.destination.port());
            let told = (eni, drop.source, to, port, drop.protocol, drop.reason);
            let is_known = expected.contains(&told) || self.earlier.contains(&told);
            if matches!(drop.protocol, 6 | 17) && !is_known {
                return Err(format!("{drop:?} was told, which the model does not expect"));
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

#[test]
fn the_kernel_and_the_model_agree_on_every_packet_of_ipv6() {
    let mut numbers = 0u32;
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for round in 0..ROUNDS {
            if round > 0 {
                world.change_rules();
            }
            if let Err(difference) = world.round(numbers) {
                let World { groups, vpc, enis, .. } = &world;
                let (acls, subnets) = (&vpc.acls, &vpc.subnets);
                panic!(
                    "seed {seed}, round {round}: {difference}\n{groups:#?}\n{acls:#?}\n{subnets:?}\n{enis:?}"
                );
            }
            numbers += PACKETS as u32;
        }
    }
}
