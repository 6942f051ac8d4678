//! Ways out: where the kernel leads real packets against the engine's model, over generated route tables,
//! public addresses, NAT gateways, gateway endpoints and network ACLs. What leaves is seen at the VPC's own link
//! to the outside, with the address that it has there; what is led to a gateway endpoint does not leave, and is
//! answered.

mod internet;
mod packets;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, InternetGatewayId, NatGatewayId, RouteTableId, RuleId,
    SubnetId, VpcEndpointId, VpcId,
};
use engine::network::exit::Exit;
use engine::network::reach::{Content, Packet, Reach};
use engine::node::{Attachment, NodeCommand, NodeReport, PacketDrop};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, NatPlan, PublicPlan, RoutePlan,
    RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::random::Random;
use engine::record::group::{Direction, Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;
use node::net::{Net, namespace};
use packets::{Host, checksum, headed, link_local, make_room, socket, v4};

const WORLDS: u64 = 6;
/// Plans of a world, one after another over the same ENIs.
const ROUNDS: u64 = 25;
const PACKETS: u32 = 400;
/// By how many plans at the most a drop is told late.
const LATE: usize = 3;
const VPC: VpcId = VpcId(1);
const ACL: AclId = AclId(1);
const GROUP: GroupId = GroupId(1);
const SUBNETS: u64 = 3;
const ENIS: u64 = 6;
const NATS: u64 = 3;
/// Network ACLs beside the open one.
const ACLS: u64 = 3;
/// What those speak of: subnets, destinations, and everything.
const JUDGED: [&str; 6] =
    ["10.0.1.0/24", "10.0.2.0/24", "10.0.0.0/16", "203.0.113.0/25", "8.0.0.0/7", "0.0.0.0/0"];
const GATEWAY: InternetGatewayId = InternetGatewayId(1);
const ENDPOINT: VpcEndpointId = VpcEndpointId(1);
/// Where gateway endpoints are asked; of what goes there by other rounds it is not told apart.
const HTTPS: u16 = 443;
/// Nobody's near the host.
const DESTINATIONS: [[u8; 4]; 5] =
    [[203, 0, 113, 9], [203, 0, 113, 77], [203, 0, 114, 1], [11, 1, 1, 1], [8, 8, 8, 8]];
/// Blocks of which one lies within the other.
const BLOCKS: [&str; 6] =
    ["0.0.0.0/0", "203.0.0.0/8", "203.0.113.0/24", "203.0.113.64/26", "8.0.0.0/7", "11.1.1.1/32"];

/// The port that a packet is sent from.
fn port_of(number: u32) -> u16 {
    (2_000 + number % 60_000) as u16
}

/// A packet whose last four bytes are a number.
fn bytes(source: Ipv4Addr, packet: &Packet, number: u32) -> Vec<u8> {
    let from_port = port_of(number);
    let mut body = Vec::new();
    match packet.content {
        Content::Tcp(port) => {
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&port.to_be_bytes());
            body.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0xff, 0xff, 0, 0, 0, 0]);
        }
        Content::Udp(port) => {
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&port.to_be_bytes());
            // Without a checksum, which UDP allows.
            body.extend_from_slice(&[0, 12, 0, 0]);
        }
        Content::Icmp(kind, code) => {
            body.extend_from_slice(&[kind, code, 0, 0]);
            body.extend_from_slice(&from_port.to_be_bytes());
            body.extend_from_slice(&[0, 1]);
        }
        Content::Other(_) => {}
    }
    body.extend_from_slice(&number.to_be_bytes());
    let length = (body.len() as u16).to_be_bytes();
    let (from, to) = (source.octets(), packet.destination.octets());
    match packet.content {
        Content::Tcp(_) => {
            let sum = checksum(&[&from, &to, &[0, 6], &length, &body]);
            body[16..18].copy_from_slice(&sum.to_be_bytes());
        }
        Content::Icmp(..) => {
            let sum = checksum(&[&body]);
            body[2..4].copy_from_slice(&sum.to_be_bytes());
        }
        Content::Udp(_) | Content::Other(_) => {}
    }
    headed(source, packet.destination, packet.content.number(), &body)
}

struct World {
    net: Net,
    host: internet::Host,
    reports: Receiver<NodeReport>,
    random: Random,
    plan: VpcPlan,
    /// All that were in force.
    plans: Vec<Arc<VpcPlan>>,
    enis: BTreeMap<EniId, EniPlan>,
    senders: BTreeMap<EniId, Host>,
    /// The model's verdicts on all that was sent, each round to a port of its own.
    told: BTreeMap<Key, Result<Way, DropReason>>,
    port: u16,
    /// All that goes by the link to the outside.
    wire: Option<OwnedFd>,
    instance: String,
}

/// A network ACL that lets everything through.
fn open_acl() -> (AclId, Arc<AclPlan>) {
    let block = AclBlock::V4(Cidr::ANYWHERE);
    let rule = AclRulePlan { number: 100, allows: true, protocol: Protocol::All, block };
    (ACL, Arc::new(AclPlan { acl: ACL, ingress: vec![rule], egress: vec![rule] }))
}

impl World {
    fn new(seed: u64) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let host = internet::Host::new();
        let instance = format!("ways-{}-{seed}", std::process::id());
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let net = host.within(|| Net::start(&instance, Vec::new(), Arc::new(report)).unwrap());
        let block = "10.0.0.0/16".parse().unwrap();
        let plan = VpcPlan { acls: [open_acl()].into(), ..VpcPlan::empty(VPC, vec![block]) };
        let random = Random::new(seed);
        let (enis, senders, wire) = (BTreeMap::new(), BTreeMap::new(), None);
        let (plans, told, port) = (Vec::new(), BTreeMap::new(), 1_000);
        let mut world = World {
            net,
            host,
            reports,
            random,
            plan,
            plans,
            enis,
            senders,
            told,
            port,
            wire,
            instance,
        };
        world.change();
        (1..=ENIS).for_each(|id| world.add_eni(id));
        world.change();
        world.listen();
        world
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random.draw() % limit
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// Another plan: tables, who has public addresses, and NAT gateways.
    fn change(&mut self) {
        let everything =
            RulePlan { rule: RuleId(1), protocol: Protocol::All, peer: Peer::Cidr(Cidr::ANYWHERE) };
        let group =
            GroupPlan { group: GROUP, vpc: VPC, ingress: Vec::new(), egress: vec![everything] };
        self.plan.groups.insert(GROUP, Arc::new(group));
        self.plan.gateway = Some(GATEWAY);
        self.plan.nats.clear();
        for id in 1..=NATS {
            if self.below(4) > 0 {
                let nat = NatGatewayId(id);
                let subnet = 1 + self.below(SUBNETS);
                let private = Ipv4Addr::new(10, 0, subnet as u8, 200 + id as u8);
                // The first is always there, so that there is a link.
                let public =
                    (id == 1 || self.below(3) > 0).then(|| Ipv4Addr::new(198, 18, 1, id as u8));
                let eni = EniId(1_000_000 + id);
                let planned = NatPlan { nat, eni, subnet: SubnetId(subnet), private, public };
                self.plan.nats.insert(nat, planned);
            }
        }
        self.plan.tables.clear();
        for id in 1..=SUBNETS {
            let mut routes =
                vec![RoutePlan { destination: self.plan.cidrs[0], target: RouteTarget::Local }];
            for block in BLOCKS {
                let target = match self.below(8) {
                    0 | 1 => RouteTarget::InternetGateway(GATEWAY),
                    2 | 3 => RouteTarget::NatGateway(NatGatewayId(1 + self.below(NATS))),
                    4 => RouteTarget::Blackhole,
                    5 => RouteTarget::Endpoint(ENDPOINT),
                    _ => continue,
                };
                // One that is gone is told to the node as a blackhole.
                let target = match target {
                    RouteTarget::NatGateway(id) if !self.plan.nats.contains_key(&id) => {
                        RouteTarget::Blackhole
                    }
                    target => target,
                };
                routes.push(RoutePlan { destination: block.parse().unwrap(), target });
            }
            let table = RouteTableId(id);
            self.plan
                .tables
                .insert(table, Arc::new(RouteTablePlan { routes6: Vec::new(), table, routes }));
        }
        self.plan.subnets.clear();
        for id in 1..=SUBNETS {
            let (subnet, table) = (SubnetId(id), RouteTableId(1 + self.below(SUBNETS)));
            let cidr = Cidr::containing(Ipv4Addr::new(10, 0, id as u8, 0), 24).unwrap();
            let acl = AclId(ACL.0 + self.below(1 + ACLS));
            self.plan.subnets.push(SubnetPlan { cidr6: None, subnet, cidr, table, acl });
        }
        self.change_acls();
        self.plan.publics.clear();
        let enis: Vec<EniPlan> = self.enis.values().cloned().collect();
        for (at, eni) in enis.into_iter().enumerate() {
            if at == 0 || self.below(2) == 0 {
                let public = Ipv4Addr::new(198, 18, 2, 1 + self.below(3) as u8 * 10 + at as u8);
                let is_shared = eni.holder == Holder::Shared;
                let planned = PublicPlan { private: eni.address, public, is_shared };
                self.plan.publics.insert(eni.eni, planned);
            }
        }
        self.put_in_force();
    }

    fn put_in_force(&mut self) {
        self.plan.generation.0 += 1;
        let plan = Arc::new(self.plan.clone());
        self.plans.push(Arc::clone(&plan));
        self.host.within(|| self.net.command(NodeCommand::Plan(plan)));
        loop {
            match self.reports.recv_timeout(Duration::from_secs(5)).unwrap() {
                NodeReport::PlanInForce { generation, .. } => {
                    assert_eq!(generation, self.plan.generation);
                    return;
                }
                NodeReport::Dropped(_) | NodeReport::EniReady(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Other network ACLs beside the one that lets everything through.
    fn change_acls(&mut self) {
        for id in 1..=ACLS {
            let acl = AclId(ACL.0 + id);
            let [ingress, egress] = [(); 2].map(|()| {
                let few = (1..=self.below(4) as u16).map(|number| {
                    let first = self.port + self.below(3) as u16;
                    let ports = Ports { first, last: first + self.below(20) as u16 };
                    let icmp = Protocol::Icmp { kind: Some(8), code: None };
                    let all = [Protocol::Tcp(ports), Protocol::Udp(ports), icmp, Protocol::All];
                    let (protocol, block) = (self.one(&all), self.one(&JUDGED).parse().unwrap());
                    let allows = self.below(3) > 0;
                    AclRulePlan { number, allows, protocol, block: AclBlock::V4(block) }
                });
                let mut rules: Vec<AclRulePlan> = few.collect();
                if self.below(3) > 0 {
                    let block = AclBlock::V4(Cidr::ANYWHERE);
                    let protocol = Protocol::All;
                    rules.push(AclRulePlan { number: 100, allows: true, protocol, block });
                }
                rules
            });
            self.plan.acls.insert(acl, Arc::new(AclPlan { acl, ingress, egress }));
        }
    }

    fn add_eni(&mut self, id: u64) {
        // Of those of each subnet one is shared.
        let holder = if id > SUBNETS { Holder::Shared } else { Holder::Environment };
        let subnet = 1 + id % SUBNETS;
        let plan = EniPlan {
            addresses6: Vec::new(),
            eni: EniId(id),
            vpc: VPC,
            subnet: SubnetId(subnet),
            gateway: Ipv4Addr::new(10, 0, subnet as u8, 1),
            address: Ipv4Addr::new(10, 0, subnet as u8, 10 + id as u8),
            mac: [2, 0, 0, 0, 0, id as u8],
            groups: [GROUP].into(),
            holder,
        };
        let slot = self.host.within(|| {
            let attachment = if holder == Holder::Shared {
                self.net.command(NodeCommand::PutEni(plan.clone()));
                Attachment::Hyperplane(plan.eni)
            } else {
                Attachment::Classic(plan.clone())
            };
            let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
            self.net.attach(&slot, EnvironmentId(id), &attachment).unwrap();
            slot
        });
        let own = match holder {
            Holder::Shared => link_local(&slot),
            Holder::Environment | Holder::Resource => plan.address,
        };
        self.senders.insert(plan.eni, Host::new(slot, own));
        self.enis.insert(plan.eni, plan);
    }

    /// Listens at the router's link to the outside.
    fn listen(&mut self) {
        let path = format!("/run/warren/{}/{VPC}", self.instance);
        let router: OwnedFd = std::fs::File::open(path).unwrap().into();
        let wire = namespace::enter(&router, || {
            let every_packet = i32::from((libc::ETH_P_ALL as u16).to_be());
            let kind = libc::SOCK_DGRAM | libc::SOCK_NONBLOCK;
            let wire = socket(libc::AF_PACKET, kind, every_packet)?;
            // SAFETY: a zeroed address is valid, and is of the length given.
            let bound = unsafe {
                let mut at: libc::sockaddr_ll = std::mem::zeroed();
                at.sll_family = libc::AF_PACKET as u16;
                at.sll_protocol = (libc::ETH_P_ALL as u16).to_be();
                at.sll_ifindex = libc::if_nametoindex(c"uplink".as_ptr()) as i32;
                let length = size_of::<libc::sockaddr_ll>() as u32;
                libc::bind(wire.as_raw_fd(), (&raw const at).cast(), length)
            };
            if bound < 0 { Err(io::Error::last_os_error()) } else { Ok(wire) }
        });
        let wire = wire.unwrap();
        make_room(&wire);
        self.wire = Some(wire);
    }

    /// The next packet that left: its source, its destination and its number.
    fn left(&self) -> Option<(Ipv4Addr, Ipv4Addr, u32)> {
        let mut buffer = [0u8; 2048];
        loop {
            // SAFETY: a zeroed address is valid; both buffers are valid for their lengths.
            let (length, kind) = unsafe {
                let mut from: libc::sockaddr_ll = std::mem::zeroed();
                let mut size = size_of::<libc::sockaddr_ll>() as u32;
                let wire = self.wire.as_ref().unwrap().as_raw_fd();
                let (start, room) = (buffer.as_mut_ptr().cast(), buffer.len());
                let from_at = (&raw mut from).cast();
                let length = libc::recvfrom(wire, start, room, 0, from_at, &raw mut size);
                (length, from.sll_pkttype)
            };
            if length < 24 {
                return None;
            }
            let packet = &buffer[..length as usize];
            if kind != libc::PACKET_OUTGOING || packet[0] != 0x45 {
                continue;
            }
            let at = |at: usize| Ipv4Addr::from(<[u8; 4]>::try_from(&packet[at..at + 4]).unwrap());
            let total = usize::from(u16::from_be_bytes([packet[2], packet[3]]));
            let number = u32::from_be_bytes(packet[total - 4..total].try_into().unwrap());
            return Some((at(12), at(16), number));
        }
    }

    fn packet(&mut self) -> Packet {
        let sender = EniId(1 + self.below(ENIS));
        let destination = match self.below(12) {
            // A NAT gateway's own address, and one that nobody has.
            0 => Ipv4Addr::new(10, 0, 1 + self.below(SUBNETS) as u8, 201),
            _ => self.one(&DESTINATIONS).into(),
        };
        let content = match self.below(10) {
            0..=2 => Content::Tcp(self.port),
            8 | 9 => Content::Tcp(HTTPS),
            3 | 4 => Content::Udp(self.port),
            5 | 6 => Content::Icmp(8, 0),
            _ => Content::Other(50),
        };
        Packet { sender, destination, content }
    }

    /// Sends packets, and compares which of them left, by which address, and why the others did not.
    fn round(&mut self, first: u32) {
        let packets: BTreeMap<u32, Packet> =
            (first..first + PACKETS).map(|number| (number, self.packet())).collect();
        let groups = self.plan.groups.iter().map(|(id, group)| (*id, (**group).clone())).collect();
        let reach = Reach { vpc: &self.plan, groups: &groups, enis: &self.enis };
        let wanted: BTreeMap<u32, Result<Way, DropReason>> = packets
            .iter()
            .map(|(number, packet)| {
                let sender = &self.enis[&packet.sender];
                let exit = reach.leaves(sender, sender.address, packet);
                let verdict = reach.judge(packet);
                // The ACL of the sender's own subnet is asked first.
                assert!(verdict.is_err() || exit.is_ok());
                (*number, verdict.and(exit).map(Exit::public))
            })
            .collect();
        // What is asked at an endpoint is answered, unless the sender's ACL drops that.
        let mut answered: BTreeSet<u16> = BTreeSet::new();
        for (number, packet) in packets.iter().filter(|(number, _)| wanted[number] == Ok(None)) {
            let reply = Content::Tcp(port_of(*number));
            let own = self.enis[&packet.sender].address;
            let is_let_in = reach.judge_reply(packet.destination, own, reply).is_ok();
            if packet.content == Content::Tcp(HTTPS) && is_let_in {
                answered.insert(port_of(*number));
            }
        }
        for (number, packet) in &packets {
            let sender = &self.senders[&packet.sender];
            sender.send(&bytes(sender.own, packet, *number), packet.destination);
        }
        let mut left = BTreeMap::new();
        let out = wanted.values().filter(|wanted| matches!(wanted, Ok(Some(_)))).count();
        let end = Instant::now() + Duration::from_secs(5);
        let mut quiet = 0;
        let is_all = |left: &BTreeMap<u32, Ipv4Addr>, answered: &BTreeSet<u16>| {
            left.len() >= out && answered.is_empty()
        };
        while (!is_all(&left, &answered) && Instant::now() < end) || quiet < 3 {
            quiet += 1;
            for host in self.senders.values() {
                while let Some(packet) = host.receive() {
                    // Nobody listens, at an endpoint either.
                    if packet[9] == 6 && packet[33] == 0x14 {
                        answered.remove(&u16::from_be_bytes([packet[22], packet[23]]));
                    }
                }
            }
            while let Some((source, destination, number)) = self.left() {
                quiet = 0;
                let Some(packet) = packets.get(&number) else { continue };
                assert_eq!(destination, packet.destination);
                assert!(left.insert(number, source).is_none(), "{packet:?} left twice");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        for (number, packet) in &packets {
            let wanted = wanted[number];
            assert_eq!(
                left.get(number).copied(),
                wanted.ok().flatten(),
                "{packet:?}: {wanted:?} {:#?}",
                self.plan
            );
        }
        assert!(answered.is_empty(), "no answer to ports {answered:?}: {:#?}", self.plan);
        for (number, packet) in packets {
            self.told.insert(key(&packet), wanted[&number]);
        }
        self.port += 1;
        self.compare_reasons();
    }

    /// Drops that were told have the model's reason, also where they are told late; how many are told is
    /// limited.
    fn compare_reasons(&self) {
        while let Ok(report) = self.reports.recv_timeout(Duration::from_millis(2)) {
            let NodeReport::Dropped(drop) = report else { continue };
            // What has no port is not told from what was sent by an earlier plan.
            if matches!(drop.destination.port(), 0 | HTTPS) {
                continue;
            }
            // Hosts of the internet, where nobody waits, refuse what arrives; that is a reply.
            if drop.is_reply {
                let mut latest = self.plans.iter().rev().take(LATE);
                assert!(latest.any(|plan| self.drops_reply(plan, &drop)), "{drop:?} was told");
                continue;
            }
            let key = (drop.eni, v4(drop.destination.ip()), drop.protocol, drop.destination.port());
            assert_eq!(self.told.get(&key), Some(&Err(drop.reason)), "{drop:?} was told");
        }
    }

    /// Whether a plan has a reply dropped by just this rule: where it enters the subnet of who began the
    /// connection, or where it leaves that of a NAT gateway towards it.
    fn drops_reply(&self, plan: &VpcPlan, drop: &PacketDrop) -> bool {
        let port = drop.destination.port();
        let content = match drop.protocol {
            6 => Content::Tcp(port),
            17 => Content::Udp(port),
            number => Content::Other(number),
        };
        let groups = BTreeMap::new();
        let reach = Reach { vpc: plan, groups: &groups, enis: &self.enis };
        let Some(eni) = drop.eni.map(|eni| &self.enis[&eni]) else { return false };
        let denies = |own, peer, way| {
            let crossing = reach.boundary(own, peer, way, content);
            crossing.filter(|crossing| !crossing.allows).map(|crossing| crossing.rule)
        };
        match drop.reason {
            DropReason::AclIngress(rule) => {
                denies(eni.address, v4(drop.source), Direction::Ingress) == Some(rule)
            }
            DropReason::AclEgress(rule) => plan
                .nats
                .values()
                .any(|nat| denies(nat.private, eni.address, Direction::Egress) == Some(rule)),
            _ => false,
        }
    }
}

/// By which public address a packet leaves; by none where it is led to an endpoint.
type Way = Option<Ipv4Addr>;
/// What a drop tells of a packet.
type Key = (Option<EniId>, Ipv4Addr, u8, u16);

fn key(packet: &Packet) -> Key {
    let port = match packet.content {
        Content::Tcp(port) | Content::Udp(port) => port,
        Content::Icmp(..) | Content::Other(_) => 0,
    };
    (Some(packet.sender), packet.destination, packet.content.number(), port)
}

impl Drop for World {
    fn drop(&mut self) {
        self.host.within(|| {
            for sender in std::mem::take(&mut self.senders).into_values() {
                self.net.release(&sender.slot);
            }
            self.net.command(NodeCommand::DeleteVpc(VPC));
            self.net.end();
        });
    }
}

#[test]
fn the_kernel_leads_every_packet_as_the_model_does() {
    const { assert!(WORLDS * ROUNDS * PACKETS as u64 >= 60_000) };
    let mut numbers = 0;
    for seed in 0..WORLDS {
        let mut world = World::new(seed);
        for _ in 0..ROUNDS {
            world.round(numbers);
            numbers += PACKETS;
            world.change();
        }
    }
}
