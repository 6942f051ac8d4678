//! Figures of packets on their way: from a function to a resource and out through a NAT gateway, side by side
//! with bare links of as many hops, by turns in the same run.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, OwnedFd};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::id::{AclId, EniId, InternetGatewayId, NatGatewayId, RouteTableId, SubnetId};
use engine::node::Attachment;
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, Holder, NatPlan, RoutePlan, RouteTablePlan, RouteTarget,
    SubnetPlan,
};
use engine::record::group::{Peer, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::{Network, Slot};
use node::loopback::quiet_namespace;
use node::net::namespace::enter;

use super::super::error::BenchError;
use super::super::figure::{Figures, middle, percentile};
use super::{GROUP, World};

/// Where the resource, or the host on the internet, answers. A rule of the group allows it.
const PORT: u16 = 5432;
/// A test network's address, which stands for somebody's on the internet.
const INTERNET: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);
/// Bytes of a question and of its answer.
const QUESTION: usize = 64;
/// Bytes that are sent at once where it is about throughput.
const CHUNK: usize = 64 << 10;
/// By turns, so that what else the machine does falls on all alike.
const TURNS: usize = 20;

/// What a client asks the other end for.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq)]
enum Service {
    Echo = b'e',
    Sink = b's',
}

/// A way from one network namespace to another.
struct Path {
    from: OwnedFd,
    /// What is on the way, which is there as long as it is held.
    between: Vec<OwnedFd>,
    to: SocketAddrV4,
    server: Option<JoinHandle<()>>,
    spans: Vec<Duration>,
    /// Bytes a second, of each turn.
    rates: Vec<f64>,
}

impl Path {
    fn new(from: &OwnedFd, to: &OwnedFd, address: Ipv4Addr) -> io::Result<Path> {
        let listener = enter(to, || TcpListener::bind((Ipv4Addr::UNSPECIFIED, PORT)))?;
        let server = std::thread::spawn(move || serve(&listener));
        Ok(Path {
            from: from.try_clone()?,
            between: Vec::new(),
            to: SocketAddrV4::new(address, PORT),
            server: Some(server),
            spans: Vec::new(),
            rates: Vec::new(),
        })
    }

    fn connect(&self, service: Service) -> io::Result<TcpStream> {
        let to = self.to.into();
        let mut stream =
            enter(&self.from, || TcpStream::connect_timeout(&to, Duration::from_secs(3)))?;
        stream.set_nodelay(true)?;
        stream.write_all(&[service as u8])?;
        Ok(stream)
    }

    /// Asks so many questions on one connection.
    fn ask(&mut self, count: usize) -> io::Result<()> {
        let mut stream = self.connect(Service::Echo)?;
        let mut bytes = [7; QUESTION];
        for _ in 0..count {
            let began = Instant::now();
            stream.write_all(&bytes)?;
            stream.read_exact(&mut bytes)?;
            self.spans.push(began.elapsed());
        }
        Ok(())
    }

    /// Sends for some time, until the other end says how much of it has come.
    fn send(&mut self, time: Duration) -> io::Result<()> {
        let mut stream = self.connect(Service::Sink)?;
        let chunk = vec![7; CHUNK];
        let began = Instant::now();
        while began.elapsed() < time {
            stream.write_all(&chunk)?;
        }
        stream.shutdown(std::net::Shutdown::Write)?;
        let mut came = [0; 8];
        stream.read_exact(&mut came)?;
        self.rates.push(u64::from_be_bytes(came) as f64 / began.elapsed().as_secs_f64());
        Ok(())
    }

    fn close(&mut self) {
        // A connection that asks for nothing ends the server.
        let to = self.to.into();
        let last = enter(&self.from, || TcpStream::connect_timeout(&to, Duration::from_secs(3)));
        if let (Ok(()), Some(server)) = (last.map(drop), self.server.take()) {
            // It has nothing to say.
            drop(server.join());
        }
    }
}

/// Serves one connection after another until one asks for nothing.
fn serve(listener: &TcpListener) {
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { return };
        let mut service = [0];
        if stream.set_nodelay(true).is_err() || stream.read_exact(&mut service).is_err() {
            return;
        }
        let mut came = 0_u64;
        let mut bytes = vec![0; CHUNK];
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            came += count as u64;
            if service[0] == Service::Echo as u8 && stream.write_all(&bytes[..count]).is_err() {
                break;
            }
        }
        if service[0] == Service::Sink as u8 {
            // Whoever has gone has no figure.
            drop(stream.write_all(&came.to_be_bytes()));
        }
    }
}

/// Runs `ip` in the calling thread's namespace.
fn ip(words: &str) -> io::Result<()> {
    let mut command = Command::new("ip");
    let status =
        command.args(words.split(' ')).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    status.success().then_some(()).ok_or_else(|| io::Error::other(format!("ip {words} fails")))
}

/// Joins two namespaces: the devices `to{number}` and `from{number}`, with the addresses .1 and .2 of a
/// network.
fn join(left: &OwnedFd, right: &OwnedFd, number: u8) -> io::Result<()> {
    let place = format!("/proc/{}/fd/{}", std::process::id(), right.as_raw_fd());
    enter(left, || {
        ip(&format!("link add to{number} type veth peer name from{number}"))?;
        ip(&format!("link set from{number} netns {place}"))?;
        ip(&format!("addr add 192.0.2.{}/30 dev to{number}", number * 4 + 1))?;
        ip(&format!("link set to{number} up"))
    })?;
    enter(right, || {
        ip(&format!("addr add 192.0.2.{}/30 dev from{number}", number * 4 + 2))?;
        ip(&format!("link set from{number} up"))
    })
}

fn forward() -> io::Result<()> {
    std::fs::write("/proc/sys/net/ipv4/ip_forward", "1")
}

/// Bare links through so many namespaces that forward, without any rule.
fn bare(hops: u8) -> io::Result<Path> {
    let places: Vec<OwnedFd> =
        (0..hops + 2).map(|_| quiet_namespace()).collect::<io::Result<_>>()?;
    for (number, pair) in places.windows(2).enumerate() {
        join(&pair[0], &pair[1], number as u8)?;
    }
    for (number, place) in places.iter().enumerate() {
        let number = number as u8;
        enter(place, || {
            if number <= hops {
                ip(&format!("route add {INTERNET}/32 via 192.0.2.{}", number * 4 + 2))?;
            }
            if number >= 2 {
                ip(&format!("route add 192.0.2.0/30 via 192.0.2.{}", number * 4 - 3))?;
            }
            match number == hops + 1 {
                true => ip(&format!("addr add {INTERNET}/32 dev lo")),
                false if number > 0 => forward(),
                false => Ok(()),
            }
        })?;
    }
    let mut path = Path::new(&places[0], &places[usize::from(hops) + 1], INTERNET)?;
    path.between = places;
    Ok(path)
}

/// A VPC with a function and a resource in it, each with an ENI of its own.
struct Within {
    world: World,
    slots: Vec<Slot>,
    path: Path,
}

impl Within {
    fn new(name: &str, change: impl FnOnce(&mut World)) -> Result<Within, BenchError> {
        let mut world = World::named(name)?;
        change(&mut world);
        world.put();
        let slots = world.slots(2)?;
        let enis = [world.eni(Holder::Environment), world.eni(Holder::Environment)];
        for (slot, eni) in slots.iter().zip(&enis) {
            world.attach(slot, &Attachment::Classic(eni.clone()))?;
        }
        let path = Path::new(&slots[0].namespace, &slots[1].namespace, enis[1].address)
            .map_err(BenchError::Echo)?;
        Ok(Within { world, slots, path })
    }

    fn close(mut self) {
        self.path.close();
        self.slots.iter().for_each(|slot| self.world.net.release(slot));
    }
}

const ACL: AclId = AclId(1);
const GATEWAY: InternetGatewayId = InternetGatewayId(1);
const NAT: NatGatewayId = NatGatewayId(1);

impl World {
    /// A private subnet whose way out is a NAT gateway in a public one.
    fn with_nat(&mut self) {
        let (private, public) = (SubnetId(1), SubnetId(2));
        let block = |octets, prefix| {
            Cidr::containing(Ipv4Addr::from(octets), prefix).expect("a prefix of at most 32")
        };
        let subnet = |subnet: SubnetId, cidr| SubnetPlan {
            subnet,
            cidr,
            cidr6: None,
            table: RouteTableId(subnet.0),
            acl: ACL,
        };
        self.plan.gateway = Some(GATEWAY);
        let everything = AclRulePlan {
            number: 100,
            allows: true,
            protocol: Protocol::All,
            block: AclBlock::V4(Cidr::ANYWHERE),
        };
        let open = AclPlan { acl: ACL, ingress: vec![everything], egress: vec![everything] };
        self.plan.acls.insert(ACL, open.into());
        self.plan.subnets = vec![
            subnet(private, block([10, 0, 0, 0], 20)),
            subnet(public, block([10, 0, 250, 0], 24)),
        ];
        for (subnet, target) in [
            (private, RouteTarget::NatGateway(NAT)),
            (public, RouteTarget::InternetGateway(GATEWAY)),
        ] {
            let routes = vec![
                RoutePlan { destination: self.plan.cidrs[0], target: RouteTarget::Local },
                RoutePlan { destination: Cidr::ANYWHERE, target },
            ];
            let table = RouteTableId(subnet.0);
            let plan = RouteTablePlan { routes6: Vec::new(), table, routes };
            self.plan.tables.insert(table, plan.into());
        }
        let nat = NatPlan {
            nat: NAT,
            eni: EniId(1_000_000),
            subnet: public,
            private: Ipv4Addr::new(10, 0, 250, 9),
            public: Some(Ipv4Addr::new(198, 18, 1, 1)),
        };
        self.plan.nats.insert(NAT, nat);
        let mut group = (*self.plan.groups[&GROUP]).clone();
        group.egress.iter_mut().for_each(|rule| {
            (rule.peer, rule.protocol) = (Peer::Cidr(Cidr::ANYWHERE), Protocol::All);
        });
        self.plan.groups.insert(GROUP, group.into());
    }
}

/// A function behind a NAT gateway, and what plays the host and the internet.
struct Out {
    host: OwnedFd,
    world: World,
    slot: Slot,
    path: Path,
}

impl Out {
    fn new() -> Result<Out, BenchError> {
        let made = || -> io::Result<[OwnedFd; 2]> {
            let [host, internet] = [quiet_namespace()?, quiet_namespace()?];
            join(&host, &internet, 0)?;
            enter(&host, || ip("route add default via 192.0.2.2"))?;
            enter(&internet, || ip(&format!("addr add {INTERNET}/32 dev lo")))?;
            Ok([host, internet])
        };
        let [host, internet] = made().map_err(BenchError::Echo)?;
        let inside = || -> io::Result<Result<(World, Slot, EniPlan), BenchError>> {
            let made = || {
                let mut world = World::named("bench-out")?;
                world.with_nat();
                world.put();
                let slot = world.net.slot(node::agent::Place::Vpc(super::VPC))?;
                let eni = world.eni(Holder::Environment);
                world.attach(&slot, &Attachment::Classic(eni.clone()))?;
                Ok((world, slot, eni))
            };
            Ok(made())
        };
        let (world, slot, _) = enter(&host, inside).map_err(BenchError::Echo)??;
        let path = Path::new(&slot.namespace, &internet, INTERNET).map_err(BenchError::Echo)?;
        Ok(Out { host, world, slot, path })
    }

    fn close(mut self) {
        self.path.close();
        let Out { host, world, slot, .. } = self;
        // What is left is taken down when the process ends.
        drop(enter(&host, || {
            world.net.release(&slot);
            drop(world);
            Ok(())
        }));
    }
}

pub(super) fn measure(figures: &mut Figures, is_quick: bool) -> Result<(), BenchError> {
    let (Ok(mut one), Ok(mut three)) = (bare(1), bare(3)) else {
        // Without `ip` there is nothing to compare with.
        return Ok(());
    };
    let mut plain = Within::new("bench-way", |_| {})?;
    let mut full = Within::new("bench-full", |world| {
        world.fill_plan(20);
        world.fill(super::much::ENIS);
    })?;
    let mut out = Out::new()?;
    let (count, time) =
        if is_quick { (50, Duration::from_millis(20)) } else { (500, Duration::from_millis(200)) };
    for _ in 0..TURNS {
        for path in [&mut one, &mut plain.path, &mut full.path, &mut three, &mut out.path] {
            path.ask(count).map_err(BenchError::Echo)?;
            path.send(time).map_err(BenchError::Echo)?;
        }
    }
    told(figures, "function to resource", &mut plain.path, &mut one, Some((1.15, 1.0 / 0.9)));
    let beside = "function to resource beside 200 tables and ACLs of 20 entries";
    told(figures, beside, &mut full.path, &mut one, None);
    told(figures, "function through NAT gateway", &mut out.path, &mut three, Some((1.3, 1.3)));
    one.close();
    three.close();
    plain.close();
    full.close();
    out.close();
    Ok(())
}

/// How a way compares with bare links of as many hops, in round trips and in throughput.
fn told(
    figures: &mut Figures,
    what: &str,
    path: &mut Path,
    bare: &mut Path,
    most: Option<(f64, f64)>,
) {
    let half = |spans: &mut [Duration]| percentile(spans, 50).as_secs_f64();
    let ratio = half(&mut path.spans) / half(&mut bare.spans);
    figures.spans(&format!("TCP round trip, {what}"), path.spans.clone(), None);
    figures.spans("  bare links of as many hops", bare.spans.clone(), None);
    let slower = path.rates.iter().zip(&bare.rates).map(|(rate, bare)| bare / rate);
    figures.ratio("round trip ÷ that of bare links", ratio, most.map(|most| most.0));
    figures.ratio("throughput of bare links ÷ this", middle(slower), most.map(|most| most.1));
}
