//! Hostile functions on the ways out of a VPC, and on that of functions without one. Who begins many
//! connections keeps nobody else from beginning one; and what nobody may send is sent by no way: from
//! others' addresses, with routes of its own, in fragments that lie over each other, to what is no
//! destination.

mod internet;

use std::io;
use std::net::Ipv4Addr;
use std::ops::Range;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, InternetGatewayId, NatGatewayId, RouteTableId, RuleId,
    SubnetId, VpcId,
};
use engine::node::{Attachment, NodeCommand, NodeReport, PacketDrop};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, NatPlan, PublicPlan, RoutePlan,
    RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::group::{Peer, Protocol};
use engine::record::network_acl::AclBlock;
use internet::{Host, INTERNET, NEIGHBOUR, OWN, PRIVATE, reaches};
use node::agent::{Network, Slot};
use node::net::{Net, namespace};

const VPC: VpcId = VpcId(1);
const GROUP: GroupId = GroupId(1);
const GATEWAY: InternetGatewayId = InternetGatewayId(1);
const NAT: NatGatewayId = NatGatewayId(1);
/// What stands for the NAT gateway on the internet, and for an ENI in the public subnet.
const OF_NAT: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 1);
const OF_WEB: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 2);
const WEB: u8 = 5;
/// More than the kernel remembers in all.
const FLOOD: u32 = 300_000;

fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

fn address(subnet: u8, id: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 0, subnet, 10 + id)
}

/// A public subnet with a NAT gateway in it, and a private one that is led there.
fn plan() -> VpcPlan {
    let subnet = |id: u64| SubnetPlan {
        cidr6: None,
        subnet: SubnetId(id),
        cidr: cidr(&format!("10.0.{id}.0/24")),
        table: RouteTableId(id),
        acl: AclId(1),
    };
    let open = AclRulePlan {
        number: 100,
        allows: true,
        protocol: Protocol::All,
        block: AclBlock::V4(Cidr::ANYWHERE),
    };
    let acl = AclPlan { acl: AclId(1), ingress: vec![open], egress: vec![open] };
    let everything =
        RulePlan { rule: RuleId(1), protocol: Protocol::All, peer: Peer::Cidr(Cidr::ANYWHERE) };
    let group =
        GroupPlan { group: GROUP, vpc: VPC, ingress: vec![everything], egress: vec![everything] };
    let table = |id, target| {
        let table = RouteTableId(id);
        let routes = vec![RoutePlan { destination: Cidr::ANYWHERE, target }];
        (table, Arc::new(RouteTablePlan { routes6: Vec::new(), table, routes }))
    };
    let nat = NatPlan {
        nat: NAT,
        eni: EniId(1_000_000),
        subnet: SubnetId(1),
        private: Ipv4Addr::new(10, 0, 1, 200),
        public: Some(OF_NAT),
    };
    let web = PublicPlan { private: address(1, WEB), public: OF_WEB, is_shared: false };
    VpcPlan {
        publics: [(EniId(WEB.into()), web)].into(),
        subnets: vec![subnet(1), subnet(2)],
        groups: [(GROUP, group.into())].into(),
        tables: [
            table(1, RouteTarget::InternetGateway(GATEWAY)),
            table(2, RouteTarget::NatGateway(NAT)),
        ]
        .into(),
        acls: [(AclId(1), acl.into())].into(),
        gateway: Some(GATEWAY),
        nats: [(NAT, nat)].into(),
        ..VpcPlan::empty(VPC, vec![cidr("10.0.0.0/16")])
    }
}

struct World {
    net: Net,
    host: Host,
    reports: Receiver<NodeReport>,
    instance: String,
}

impl World {
    fn new(name: &str) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let host = Host::new();
        let instance = format!("crowds-{name}-{}", std::process::id());
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let net = host.within(|| Net::start(&instance, Vec::new(), Arc::new(report)).unwrap());
        host.within(|| net.command(NodeCommand::Plan(Arc::new(plan()))));
        World { net, host, reports, instance }
    }

    fn attached(&self, id: u64, attachment: &Attachment) -> Slot {
        self.host.within(|| {
            let slot = self.net.slot(self.net.place(attachment).unwrap()).unwrap();
            self.net.attach(&slot, EnvironmentId(id), attachment).unwrap();
            slot
        })
    }

    /// A function in a subnet; the second one is private.
    fn function(&self, subnet: u8, id: u8) -> Slot {
        let plan = EniPlan {
            addresses6: Vec::new(),
            eni: EniId(id.into()),
            vpc: VPC,
            subnet: SubnetId(subnet.into()),
            gateway: Ipv4Addr::new(10, 0, subnet, 1),
            address: address(subnet, id),
            mac: [2, 0, 0, 0, 3, id],
            groups: [GROUP].into(),
            holder: Holder::Environment,
        };
        self.attached(id.into(), &Attachment::Classic(plan))
    }

    fn private(&self, id: u8) -> Slot {
        self.function(2, id)
    }

    /// How many connections the routers remember: the VPC's, and the host.
    fn remembered(&self) -> [u32; 2] {
        const COUNT: &str = "/proc/sys/net/netfilter/nf_conntrack_count";
        let router = std::fs::File::open(format!("/run/warren/{}/{VPC}", self.instance)).unwrap();
        let count = |at: &OwnedFd| {
            let text = namespace::enter(at, || std::fs::read_to_string(COUNT)).unwrap();
            text.trim().parse().unwrap()
        };
        [count(&router.into()), count(&self.host.host)]
    }

    /// Floods until it is told that somebody has begun too many.
    fn flood(&self, slot: &Slot, to: Ipv4Addr, id: u64) -> PacketDrop {
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end {
            send_many(slot, to);
            for report in self.reports.try_iter() {
                let NodeReport::Dropped(drop) = report else { continue };
                if (drop.reason, drop.environment) == (DropReason::Crowded, Some(EnvironmentId(id)))
                {
                    return drop;
                }
            }
        }
        panic!("nothing was told: {:?} are remembered", self.remembered())
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.host.within(|| {
            self.net.command(NodeCommand::DeleteVpc(VPC));
            self.net.end();
        });
    }
}

/// Sends as many packets, each of a connection of its own.
fn send_many(slot: &Slot, to: Ipv4Addr) {
    let own = namespace::enter(&slot.namespace, || {
        let probe = std::net::UdpSocket::bind("0.0.0.0:0")?;
        probe.connect((to, 9))?;
        match probe.local_addr()?.ip() {
            std::net::IpAddr::V4(own) => Ok(own),
            std::net::IpAddr::V6(_) => Err(io::Error::other("there is none")),
        }
    })
    .unwrap();
    let raw = namespace::enter(&slot.namespace, || {
        // SAFETY: no memory is passed; the descriptor is owned from here on.
        let fd = unsafe { libc::socket(libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_RAW) };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor is new and nobody else's.
        Ok(unsafe { OwnedFd::from_raw_fd(fd) })
    })
    .unwrap();
    let mut packet = [0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0].to_vec();
    packet.extend(own.octets().into_iter().chain(to.octets()));
    packet.extend([0, 0, 0, 0, 0, 8, 0, 0]);
    for number in 0..FLOOD {
        // Ports that nobody answers at, of which there are many pairs.
        packet[20..22].copy_from_slice(&(1024 + (number % 50_000) as u16).to_be_bytes());
        packet[22..24].copy_from_slice(&(2000 + (number / 50_000) as u16).to_be_bytes());
        // SAFETY: a zeroed address is valid, and the buffer is valid for its length.
        unsafe {
            let mut at: libc::sockaddr_in = std::mem::zeroed();
            at.sin_family = libc::AF_INET as u16;
            at.sin_addr.s_addr = u32::from(to).to_be();
            let length = size_of::<libc::sockaddr_in>() as u32;
            let (start, size) = (packet.as_ptr().cast(), packet.len());
            // One that the kernel has no room for is one less.
            libc::sendto(raw.as_raw_fd(), start, size, 0, (&raw const at).cast(), length);
        }
    }
}

/// What the kernel remembers in all of one namespace.
fn most() -> u32 {
    let text = std::fs::read_to_string("/proc/sys/net/netfilter/nf_conntrack_max").unwrap();
    text.trim().parse().unwrap()
}

#[test]
fn who_floods_keeps_nobody_else_from_beginning_a_connection() {
    let world = World::new("out");
    let (hostile, quiet) = (world.private(1), world.private(2));
    let (hostile_outside, outside) =
        (world.attached(3, &Attachment::Outside), world.attached(4, &Attachment::Outside));
    assert!(reaches(&quiet, INTERNET) && reaches(&outside, INTERNET));
    let told = world.flood(&hostile, INTERNET, 1);
    assert_eq!((told.vpc, told.eni), (Some(VPC), Some(EniId(1))));
    let others_reach = || {
        let remembered = world.remembered();
        assert!(remembered.iter().all(|count| *count < most() / 4 * 3), "{remembered:?}");
        assert!(reaches(&quiet, INTERNET), "beside it in the VPC: {remembered:?}");
        assert!(reaches(&outside, INTERNET), "without a VPC: {remembered:?}");
    };
    others_reach();
    let told = world.flood(&hostile_outside, INTERNET, 3);
    assert_eq!((told.vpc, told.eni), (None, None));
    others_reach();
    // And again, with all of the shares taken.
    world.flood(&hostile, INTERNET, 1);
    others_reach();
}

#[test]
fn who_floods_an_eni_keeps_nobody_else_from_it() {
    let world = World::new("within");
    let (hostile, quiet, other) = (world.private(1), world.private(2), world.private(3));
    let to = address(2, 3);
    namespace::enter(&other.namespace, || {
        let listener = std::net::TcpListener::bind("0.0.0.0:80")?;
        std::thread::spawn(move || listener.incoming().for_each(drop));
        Ok(())
    })
    .unwrap();
    world.flood(&hostile, to, 1);
    let remembered = world.remembered();
    assert!(remembered[0] < most() / 4 * 3, "{remembered:?}");
    assert!(reaches(&quiet, to), "{remembered:?}");
    let end = Instant::now() + Duration::from_secs(60);
    while world.remembered()[0] < most() / 4 {
        assert!(Instant::now() < end, "{:?} are remembered", world.remembered());
        send_many(&hostile, to);
    }
    // It has had its share, which is noticed after a while.
    let end = Instant::now() + Duration::from_secs(10);
    while reaches(&hostile, to) {
        assert!(Instant::now() < end, "{:?} are remembered", world.remembered());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(reaches(&quiet, to));
}

fn socket(family: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
    // SAFETY: no memory is passed; the descriptor is owned from here on.
    let fd = unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) };
    // SAFETY: the descriptor is new and nobody else's.
    if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(unsafe { OwnedFd::from_raw_fd(fd) }) }
}

/// What ends each packet of these tests, before its number.
const MARKER: &[u8] = b"hostile";

/// Hears every packet that comes to a namespace.
fn ear(at: &OwnedFd) -> OwnedFd {
    let every = i32::from((libc::ETH_P_IP as u16).to_be());
    let kind = libc::SOCK_DGRAM | libc::SOCK_NONBLOCK;
    namespace::enter(at, || socket(libc::AF_PACKET, kind, every)).unwrap()
}

/// The numbers of the packets that came to a namespace.
fn heard(ear: &OwnedFd) -> Vec<u8> {
    let (mut buffer, mut numbers) = ([0u8; 2048], Vec::new());
    loop {
        // SAFETY: a zeroed address is valid; both buffers are valid for their lengths.
        let (length, kind) = unsafe {
            let mut from: libc::sockaddr_ll = std::mem::zeroed();
            let mut size = size_of::<libc::sockaddr_ll>() as u32;
            let (start, room) = (buffer.as_mut_ptr().cast(), buffer.len());
            let at = (&raw mut from).cast();
            let length = libc::recvfrom(ear.as_raw_fd(), start, room, 0, at, &raw mut size);
            (length, from.sll_pkttype)
        };
        if length < 0 {
            return numbers;
        }
        let packet = &buffer[..length as usize];
        if let (Some((number, rest)), true) = (packet.split_last(), kind != libc::PACKET_OUTGOING)
            && rest.ends_with(MARKER)
            // And not what is said of one.
            && packet.get(9) == Some(&17)
        {
            numbers.push(*number);
        }
    }
}

/// A packet of UDP, or a fragment of one: the place in the packet, whether more follow, and how many of
/// the bytes behind the header are in it.
struct Sent {
    source: Ipv4Addr,
    destination: Ipv4Addr,
    options: Vec<u8>,
    fragment: Option<(u16, bool, std::ops::Range<usize>)>,
    number: u8,
}

impl Sent {
    fn bytes(&self) -> Vec<u8> {
        let mut body = vec![0x30, 0x39, 0, 9, 0, 0, 0, 0];
        body.extend([b'x'; 32]);
        body.extend(MARKER);
        body.push(self.number);
        let length = (body.len() as u16).to_be_bytes();
        body[4..6].copy_from_slice(&length);
        let (place, body) = match &self.fragment {
            None => (0, &body[..]),
            Some((at, more, part)) => {
                let end = part.end.min(body.len());
                ((at / 8) | (u16::from(*more) << 13), &body[part.start..end])
            }
        };
        let header = 20 + self.options.len();
        let mut packet = vec![0x40 | (header / 4) as u8, 0];
        packet.extend(((header + body.len()) as u16).to_be_bytes());
        packet.extend([0x77, self.number]);
        packet.extend(place.to_be_bytes());
        packet.extend([64, 17, 0, 0]);
        packet.extend(self.source.octets().into_iter().chain(self.destination.octets()));
        packet.extend(&self.options);
        let sum: u32 =
            packet.chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1])).sum();
        let sum = (sum & 0xffff) + (sum >> 16);
        let sum = !((sum & 0xffff) + (sum >> 16)) as u16;
        packet[10..12].copy_from_slice(&sum.to_be_bytes());
        packet.extend(body);
        packet
    }

    /// Puts it on the link to the router as it is: nothing of the function's own kernel has a say.
    fn from(&self, slot: &Slot) {
        let every = i32::from((libc::ETH_P_IP as u16).to_be());
        let packet = self.bytes();
        namespace::enter(&slot.namespace, || {
            let link = socket(libc::AF_PACKET, libc::SOCK_DGRAM, every)?;
            // SAFETY: a zeroed address is valid, and the buffers are valid for their lengths.
            unsafe {
                let mut at: libc::sockaddr_ll = std::mem::zeroed();
                at.sll_family = libc::AF_PACKET as u16;
                at.sll_protocol = (libc::ETH_P_IP as u16).to_be();
                at.sll_ifindex = libc::if_nametoindex(c"eth0".as_ptr()) as i32;
                at.sll_halen = 6;
                at.sll_addr[..6].copy_from_slice(&[0xee; 6]);
                let length = size_of::<libc::sockaddr_ll>() as u32;
                let (start, size) = (packet.as_ptr().cast(), packet.len());
                let to = (&raw const at).cast();
                if libc::sendto(link.as_raw_fd(), start, size, 0, to, length) < 0 {
                    return Err(io::Error::last_os_error());
                }
            }
            Ok(())
        })
        .unwrap();
    }
}

/// The address by which a function asks the internet.
fn own(slot: &Slot) -> Ipv4Addr {
    namespace::enter(&slot.namespace, || {
        let probe = std::net::UdpSocket::bind("0.0.0.0:0")?;
        probe.connect((INTERNET, 9))?;
        match probe.local_addr()?.ip() {
            std::net::IpAddr::V4(own) => Ok(own),
            std::net::IpAddr::V6(_) => Err(io::Error::other("there is none")),
        }
    })
    .unwrap()
}

/// What a sender with this address of its own may not send, each with a number of these ten.
fn forgeries(
    plain: impl Fn(Ipv4Addr, Ipv4Addr, u8) -> Sent,
    part: impl Fn(u16, bool, Range<usize>) -> Sent,
    own: Ipv4Addr,
    tens: u8,
) -> Vec<Sent> {
    let to_victim = address(2, 3);
    let mut forged = Vec::new();
    let others = [
        to_victim,
        Ipv4Addr::new(10, 0, 1, 200),
        OF_NAT,
        Ipv4Addr::new(198, 18, 0, 77),
        Ipv4Addr::new(169, 254, 1, 1),
        Ipv4Addr::new(169, 254, 9, 9),
        Ipv4Addr::LOCALHOST,
        Ipv4Addr::UNSPECIFIED,
        Ipv4Addr::BROADCAST,
        Ipv4Addr::new(224, 0, 0, 1),
        INTERNET,
        OWN,
    ];
    for source in others {
        forged.extend([plain(source, INTERNET, 2), plain(source, to_victim, 3)]);
    }
    // Loose and strict routes of its own, through whoever it likes.
    for kind in [131, 137] {
        for (first, then) in
            [(INTERNET, NEIGHBOUR), (INTERNET, to_victim), (Ipv4Addr::new(169, 254, 1, 1), OWN)]
        {
            let mut options = vec![kind, 7, 4];
            options.extend(then.octets());
            options.push(0);
            forged.push(Sent { options, ..plain(own, first, 4) });
        }
    }
    let nowhere = [
        Ipv4Addr::LOCALHOST,
        Ipv4Addr::UNSPECIFIED,
        Ipv4Addr::BROADCAST,
        Ipv4Addr::new(224, 0, 0, 251),
        Ipv4Addr::new(240, 0, 0, 1),
        Ipv4Addr::new(169, 254, 169, 254),
        PRIVATE,
        NEIGHBOUR,
        OWN,
    ];
    forged.extend(nowhere.map(|destination| plain(own, destination, 5)));
    // Each lies over the one before, so that what is looked at is not what arrives.
    forged.push(Sent { number: tens + 6, ..part(0, true, 0..24) });
    forged.push(Sent { number: tens + 6, ..part(16, false, 8..99) });
    // A part without the one that has the ports.
    forged.push(Sent { number: tens + 7, ..part(8, false, 8..99) });
    forged
}

#[test]
fn what_nobody_may_send_comes_to_nobody() {
    let world = World::new("forged");
    let victim = world.private(3);
    let ways = [
        ("by a NAT gateway", world.private(1)),
        ("by a public address", world.function(1, WEB)),
        ("without a VPC", world.attached(9, &Attachment::Outside)),
    ];
    let ears = [&world.host.peer, &world.host.host, &victim.namespace].map(ear);
    let all_heard = || ears.iter().flat_map(heard).collect::<Vec<u8>>();
    let is_allowed = |number: &u8| [0, 1, 8].contains(&(number % 10));
    for ((way, slot), tens) in ways.iter().zip([0, 10, 20]) {
        let own = own(slot);
        let plain = |source, destination, number: u8| {
            let (options, fragment, number) = (Vec::new(), None, tens + number);
            Sent { source, destination, options, fragment, number }
        };
        // What it may send arrives, so that the others would be heard.
        let arrives = |sent: &[Sent]| {
            sent.iter().for_each(|each| each.from(slot));
            let end = Instant::now() + Duration::from_secs(5);
            while Instant::now() < end {
                let came = all_heard();
                assert!(came.iter().all(is_allowed), "{came:?} came, {way}");
                if came.contains(&sent[0].number) {
                    return true;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            false
        };
        assert!(arrives(&[plain(own, INTERNET, 0)]), "{way}");
        let part = |at: u16, more, part| Sent {
            fragment: Some((at, more, part)),
            ..plain(own, INTERNET, 1)
        };
        assert!(arrives(&[part(0, true, 0..16), part(16, false, 16..99)]), "in parts, {way}");
        let forged = forgeries(plain, part, own, tens);
        forged.iter().for_each(|each| each.from(slot));
        assert!(arrives(&[plain(own, INTERNET, 8)]), "{way}");
        std::thread::sleep(Duration::from_millis(50));
        let came = all_heard();
        assert!(came.iter().all(is_allowed), "{came:?} came, {way}");
    }
}
