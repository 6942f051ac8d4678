//! The network with real packets: routers, ENIs, security groups, both ENI models, resources,
//! drops and restarts.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener, TcpStream, UdpSocket};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{EniId, EnvironmentId, Generation, GroupId, ResourceId, RuleId, SubnetId, VpcId};
use engine::node::{Attachment, FailureKind, NodeCommand, NodeReport};
use engine::plan::{DropReason, EniPlan, GroupPlan, Holder, RulePlan, VpcPlan};
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::resource::ExposedPort;
use node::agent::{Network, NetworkError, Place, Slot};
use node::net::{Net, namespace};

const VPC: VpcId = VpcId(1);
const APP: GroupId = GroupId(1);
const DATABASE: GroupId = GroupId(2);

struct World {
    instance: String,
    net: Net,
    reports: Receiver<NodeReport>,
    planned: RefCell<VpcPlan>,
    enis: u64,
}

static WORLDS: AtomicU32 = AtomicU32::new(0);

fn start(instance: &str) -> (Net, Receiver<NodeReport>) {
    start_with(instance, Vec::new())
}

/// One whose functions without a VPC reach these blocks as well.
fn start_with(instance: &str, allowed: Vec<Cidr>) -> (Net, Receiver<NodeReport>) {
    let (sender, reports) = channel();
    let sender = Mutex::new(sender);
    let report = move |report| drop(sender.lock().unwrap().send(report));
    (Net::start(instance, allowed, Arc::new(report)).expect("tests are run as root"), reports)
}

impl World {
    fn new() -> World {
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let instance = format!("test-{}-{number}", std::process::id());
        let (net, reports) = start(&instance);
        let planned = RefCell::new(VpcPlan::empty(VPC, Vec::new()));
        let world = World { instance, net, reports, planned, enis: 0 };
        world.plan();
        world
    }

    /// A VPC, and two groups: the app may send everything, the database takes 5432 from the app.
    fn plan(&self) {
        let block = cidr("10.0.0.0/16");
        *self.planned.borrow_mut() = VpcPlan::empty(VPC, vec![block]);
        self.group(APP, &[], &[(Protocol::All, Peer::Cidr(Cidr::ANYWHERE))]);
        self.group(DATABASE, &[(tcp(5432), Peer::Group(APP))], &[]);
    }

    fn group(&self, id: GroupId, ingress: &[(Protocol, Peer)], egress: &[(Protocol, Peer)]) {
        let rules = |rules: &[(Protocol, Peer)]| {
            let rules = rules.iter().enumerate();
            let rule = |(at, (protocol, peer)): (usize, &(Protocol, Peer))| RulePlan {
                rule: RuleId(at as u64),
                protocol: *protocol,
                peer: *peer,
            };
            rules.map(rule).collect()
        };
        let plan =
            GroupPlan { group: id, vpc: VPC, ingress: rules(ingress), egress: rules(egress) };
        self.planned.borrow_mut().groups.insert(id, Arc::new(plan));
        self.put();
    }

    /// Gives the node the plan as it is, as the next.
    fn put(&self) -> Generation {
        let mut plan = self.planned.borrow_mut();
        plan.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(plan.clone())));
        plan.generation
    }

    fn eni(&mut self, address: &str, groups: &[GroupId], holder: Holder) -> EniPlan {
        self.enis += 1;
        EniPlan {
            addresses6: Vec::new(),
            eni: EniId(self.enis),
            vpc: VPC,
            subnet: SubnetId(1),
            gateway: Ipv4Addr::new(10, 0, 1, 1),
            address: address.parse().unwrap(),
            mac: [2, 0, 0, 0, 1, self.enis as u8],
            groups: groups.iter().copied().collect(),
            holder,
        }
    }

    fn classic(&mut self, address: &str, groups: &[GroupId]) -> Slot {
        self.try_classic(address, groups).unwrap()
    }

    fn try_classic(&mut self, address: &str, groups: &[GroupId]) -> Result<Slot, NetworkError> {
        let plan = self.eni(address, groups, Holder::Environment);
        let slot = self.net.slot(Place::Vpc(VPC))?;
        let environment = EnvironmentId(self.enis);
        match self.net.attach(&slot, environment, &Attachment::Classic(plan)) {
            Ok(()) => Ok(slot),
            Err(error) => {
                self.net.release(&slot);
                Err(error)
            }
        }
    }

    fn shared(&mut self, address: &str, groups: &[GroupId]) -> EniId {
        let plan = self.eni(address, groups, Holder::Shared);
        let eni = plan.eni;
        self.net.command(NodeCommand::PutEni(plan));
        assert_eq!(self.next(), NodeReport::EniReady(eni));
        eni
    }

    fn behind(&self, eni: EniId, environment: u64) -> Slot {
        let attachment = Attachment::Hyperplane(eni);
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(environment), &attachment).unwrap();
        slot
    }

    /// The next report that is not of a plan in force.
    fn next(&self) -> NodeReport {
        loop {
            match self.next_of_all() {
                NodeReport::PlanInForce { .. } => {}
                other => return other,
            }
        }
    }

    /// The next report of a plan.
    fn next_of_plans(&self) -> NodeReport {
        loop {
            match self.next_of_all() {
                NodeReport::Dropped(_) => {}
                other => return other,
            }
        }
    }

    /// The next report of neither a plan nor a drop.
    fn next_of_resources(&self) -> NodeReport {
        loop {
            match self.next() {
                NodeReport::Dropped(_) => {}
                other => return other,
            }
        }
    }

    fn next_of_all(&self) -> NodeReport {
        self.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes")
    }

    /// The next drop, with repetitions of the one before left out.
    fn dropped(&self, reason: DropReason) -> engine::node::PacketDrop {
        loop {
            match self.next() {
                NodeReport::Dropped(drop) if drop.reason == reason => return drop,
                NodeReport::Dropped(_) => {}
                other => panic!("a drop was to be told: {other:?}"),
            }
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.net.command(NodeCommand::DeleteVpc(VPC));
        self.net.end();
        let directory = format!("/run/warren/{}", self.instance);
        assert!(std::thread::panicking() || !std::path::Path::new(&directory).exists());
    }
}

fn cidr(text: &str) -> Cidr {
    let (base, prefix) = text.split_once('/').unwrap();
    Cidr::containing(base.parse().unwrap(), prefix.parse().unwrap()).unwrap()
}

fn tcp(port: u16) -> Protocol {
    Protocol::Tcp(Ports { first: port, last: port })
}

/// Listens in a namespace and answers each connection with the address it comes from.
fn serve(at: &OwnedFd, port: u16) {
    let listener = namespace::enter(at, || TcpListener::bind(("0.0.0.0", port))).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let from = stream.peer_addr().unwrap().ip().to_string();
            let _ = stream.write_all(from.as_bytes());
        }
    });
}

/// Connects, and returns what the server says.
fn ask(from: &OwnedFd, to: &str) -> std::io::Result<String> {
    let to: SocketAddrV4 = to.parse().unwrap();
    namespace::enter(from, || {
        let mut stream = TcpStream::connect_timeout(&to.into(), Duration::from_millis(300))?;
        let mut told = String::new();
        stream.read_to_string(&mut told)?;
        Ok(told)
    })
}

#[test]
fn classic_enis_reach_what_their_groups_allow_from_the_first_packet_on() {
    let mut world = World::new();
    let app = world.classic("10.0.1.10", &[APP]);
    let database = world.classic("10.0.1.20", &[DATABASE]);
    let other = world.classic("10.0.1.30", &[DATABASE]);
    serve(&database.namespace, 5432);
    serve(&database.namespace, 80);
    assert_eq!(ask(&app.namespace, "10.0.1.20:5432").unwrap(), "10.0.1.10");
    assert!(ask(&app.namespace, "10.0.1.20:80").is_err());
    let drop = world.dropped(DropReason::Ingress);
    assert_eq!((drop.source, drop.destination), address("10.0.1.10", "10.0.1.20:80"));
    assert_eq!((drop.environment, drop.protocol), (Some(EnvironmentId(1)), 6));
    // The other has no egress rule; neither may it be reached.
    assert!(ask(&other.namespace, "10.0.1.20:5432").is_err());
    assert_eq!(world.dropped(DropReason::Egress).source, Ipv4Addr::new(10, 0, 1, 30));
    assert!(ask(&app.namespace, "10.9.0.1:80").is_err());
    assert_eq!(world.dropped(DropReason::NoRoute).destination.port(), 80);
    assert!(ask(&app.namespace, "10.0.7.7:80").is_err());
    assert_eq!(world.dropped(DropReason::NoOwner).eni, Some(EniId(1)));
}

fn address(source: &str, destination: &str) -> (IpAddr, SocketAddr) {
    (source.parse().unwrap(), destination.parse().unwrap())
}

#[test]
fn a_plan_that_the_kernel_refuses_is_told_and_the_one_before_stays_in_force() {
    let mut world = World::new();
    let app = world.classic("10.0.1.10", &[APP]);
    let database = world.classic("10.0.1.20", &[DATABASE]);
    serve(&database.namespace, 5432);
    serve(&database.namespace, 5433);
    let asked =
        || [5432, 5433].map(|port| ask(&app.namespace, &format!("10.0.1.20:{port}")).is_ok());
    // Told so far: the plans that the world began with.
    let in_force = world.planned.borrow().clone();
    while world.next_of_plans() != in_force_of(in_force.generation) {}
    // The database is to take 5433 instead, from a group that the same plan does away with: the
    // kernel, which still holds it for that rule, refuses.
    let mut other = in_force.clone();
    let mut rules = GroupPlan::clone(&other.groups[&DATABASE]);
    rules.ingress[0].protocol = tcp(5433);
    other.groups.insert(DATABASE, Arc::new(rules));
    let mut broken = other.clone();
    broken.groups.remove(&APP);
    *world.planned.borrow_mut() = broken;
    let refused = world.put();
    for _ in 0..2 {
        match world.next_of_plans() {
            NodeReport::PlanFailed { vpc, generation, failure } => {
                assert_eq!((vpc, generation), (VPC, refused));
                assert_eq!(failure.kind, FailureKind::Later);
                assert!(failure.text.starts_with("changing the rules of a VPC failed: "));
            }
            other => panic!("the kernel was to refuse it: {other:?}"),
        }
        assert_eq!(asked(), [true, false], "what was in force before still is");
        // Nobody new is to go by it.
        let closed = world.try_classic("10.0.1.30", &[APP]);
        assert!(matches!(closed, Err(NetworkError::NotInForce(VPC))));
        let plan = world.eni("10.0.1.40", &[APP], Holder::Shared);
        world.net.command(NodeCommand::PutEni(plan.clone()));
        let NodeReport::EniFailed(eni, failure) = world.next_of_plans() else {
            panic!("it is closed")
        };
        assert_eq!((eni, failure.kind), (plan.eni, FailureKind::Later));
        // It may be given again.
        world.planned.borrow_mut().generation = in_force.generation;
        assert_eq!(world.put(), refused);
    }
    assert!(matches!(world.next_of_plans(), NodeReport::PlanFailed { .. }));
    // A plan that can be follows it, and one that is late changes nothing.
    *world.planned.borrow_mut() = VpcPlan { generation: refused, ..other };
    let last = world.put();
    assert_eq!(world.next_of_plans(), in_force_of(last));
    assert_eq!(asked(), [false, true]);
    world.classic("10.0.1.30", &[APP]);
    *world.planned.borrow_mut() = in_force;
    world.put();
    assert_eq!(asked(), [false, true]);
}

fn in_force_of(generation: Generation) -> NodeReport {
    NodeReport::PlanInForce { vpc: VPC, generation }
}

#[test]
fn a_flood_that_is_dropped_hides_nobody_elses_drops() {
    let mut world = World::new();
    // Neither may send anything, for the same reason.
    let flooding = world.classic("10.0.1.10", &[DATABASE]);
    let quiet = world.classic("10.0.1.20", &[DATABASE]);
    let flood = |count: u32| {
        let socket = namespace::enter(&flooding.namespace, || UdpSocket::bind("0.0.0.0:0"))?;
        (0..count).try_for_each(|_| socket.send_to(b"x", "10.0.1.30:53").map(drop))
    };
    flood(3000).unwrap();
    assert!(ask(&quiet.namespace, "10.0.1.30:5432").is_err());
    flood(10).unwrap();
    let (mut of_flood, mut is_least, mut of_quiet) = (0, false, 0);
    while of_quiet == 0 || !is_least {
        let NodeReport::Dropped(drop) = world.next() else { panic!("only drops are told") };
        if drop.source == Ipv4Addr::new(10, 0, 1, 20) {
            assert_eq!((drop.destination.port(), drop.is_least), (5432, false));
            of_quiet += drop.packets;
        } else {
            of_flood += drop.packets;
            is_least |= drop.is_least;
        }
    }
    assert!(of_flood < 200, "{of_flood} packets of a flood were told one by one");
}

#[test]
fn rules_change_while_connections_stay() {
    let mut world = World::new();
    let app = world.classic("10.0.1.10", &[APP]);
    let database = world.classic("10.0.1.20", &[DATABASE]);
    let listener =
        namespace::enter(&database.namespace, || TcpListener::bind("0.0.0.0:5432")).unwrap();
    let to: SocketAddrV4 = "10.0.1.20:5432".parse().unwrap();
    let mut held = namespace::enter(&app.namespace, || TcpStream::connect(to)).unwrap();
    let (mut accepted, _) = listener.accept().unwrap();
    world.group(DATABASE, &[], &[]);
    serve_on(listener);
    assert!(ask(&app.namespace, "10.0.1.20:5432").is_err());
    held.write_all(b"still here").unwrap();
    let mut told = [0; 10];
    accepted.read_exact(&mut told).unwrap();
    assert_eq!(&told, b"still here");
    world.group(DATABASE, &[(Protocol::All, Peer::Cidr(cidr("10.0.1.0/28")))], &[]);
    assert_eq!(ask(&app.namespace, "10.0.1.20:5432").unwrap(), "10.0.1.10");
}

fn serve_on(listener: TcpListener) {
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let from = stream.peer_addr().unwrap().ip().to_string();
            let _ = stream.write_all(from.as_bytes());
        }
    });
}

#[test]
fn environments_share_an_eni_by_translation_and_take_no_connections() {
    let mut world = World::new();
    let eni = world.shared("10.0.1.40", &[APP]);
    let first = world.behind(eni, 1);
    let second = world.behind(eni, 2);
    let database = world.classic("10.0.1.20", &[DATABASE]);
    serve(&database.namespace, 5432);
    for slot in [&first, &second] {
        assert_eq!(ask(&slot.namespace, "10.0.1.20:5432").unwrap(), "10.0.1.40");
    }
    assert!(ask(&second.namespace, "10.0.1.20:80").is_err());
    let drop = world.dropped(DropReason::Ingress);
    assert_eq!((drop.eni, drop.environment), (Some(eni), Some(EnvironmentId(2))));
    assert_eq!(drop.source, Ipv4Addr::new(10, 0, 1, 40));
    serve(&first.namespace, 8080);
    let app = world.classic("10.0.1.10", &[APP]);
    world.group(
        APP,
        &[(Protocol::All, Peer::Cidr(Cidr::ANYWHERE))],
        &[(Protocol::All, Peer::Cidr(Cidr::ANYWHERE))],
    );
    assert!(ask(&app.namespace, "10.0.1.40:8080").is_err());
    assert_eq!(world.dropped(DropReason::OneWay).destination.port(), 8080);
    // Neither by the address that only the router knows.
    assert!(ask(&second.namespace, "169.254.2.1:8080").is_err());
}

#[test]
fn an_address_is_used_again_at_once() {
    let mut world = World::new();
    let database = world.classic("10.0.1.20", &[DATABASE]);
    serve(&database.namespace, 5432);
    for _ in 0..5 {
        let app = world.classic("10.0.1.10", &[APP]);
        assert_eq!(ask(&app.namespace, "10.0.1.20:5432").unwrap(), "10.0.1.10");
        world.net.release(&app);
        drop(app);
    }
    let outsider = world.classic("10.0.1.11", &[DATABASE]);
    assert!(ask(&outsider.namespace, "10.0.1.20:5432").is_err());
}

#[test]
fn who_gets_an_address_gets_none_of_its_connections() {
    let mut world = World::new();
    let database = world.classic("10.0.1.20", &[DATABASE]);
    let app = world.classic("10.0.1.10", &[APP]);
    let listener =
        namespace::enter(&database.namespace, || TcpListener::bind("0.0.0.0:5432")).unwrap();
    let to: SocketAddrV4 = "10.0.1.20:5432".parse().unwrap();
    let held = namespace::enter(&app.namespace, || TcpStream::connect(to)).unwrap();
    let (mut accepted, _) = listener.accept().unwrap();
    // Its holder's namespace goes while the connection is open.
    world.net.release(&app);
    drop(app);
    let next = world.classic("10.0.1.10", &[DATABASE]);
    accepted.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    accepted.write_all(b"are you there").unwrap();
    let error = accepted.read(&mut [0; 8]).expect_err("nobody answers");
    assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    drop((next, held));
}

#[test]
fn many_connections_of_a_shared_eni_are_counted() {
    let mut world = World::new();
    let everything = (Protocol::All, Peer::Cidr(Cidr::ANYWHERE));
    world.group(DATABASE, &[everything], &[]);
    let eni = world.shared("10.0.1.40", &[APP]);
    let slot = world.behind(eni, 1);
    let _database = world.classic("10.0.1.20", &[DATABASE]);
    namespace::enter(&slot.namespace, || {
        for _ in 0..1500 {
            let socket = UdpSocket::bind("0.0.0.0:0")?;
            // Refusals of earlier ones are no matter.
            let _ = socket.send_to(b"x", "10.0.1.20:53");
        }
        Ok(())
    })
    .unwrap();
    loop {
        match world.next() {
            NodeReport::Connections(of, count) if of == eni && count >= 1000 => break,
            NodeReport::Connections(..) | NodeReport::Dropped(_) => {}
            other => panic!("connections were to be told: {other:?}"),
        }
    }
}

#[test]
fn icmp_udp_and_port_ranges_are_told_apart() {
    let mut world = World::new();
    let everything = (Protocol::All, Peer::Cidr(Cidr::ANYWHERE));
    let range = Protocol::Udp(Ports { first: 1000, last: 2000 });
    world.group(DATABASE, &[(range, Peer::Cidr(cidr("10.0.1.10/32")))], &[everything]);
    let app = world.classic("10.0.1.10", &[APP]);
    let database = world.classic("10.0.1.20", &[DATABASE]);
    let receive = |port: u16| {
        let socket =
            namespace::enter(&database.namespace, || UdpSocket::bind(("0.0.0.0", port))).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let sender = namespace::enter(&app.namespace, || UdpSocket::bind("0.0.0.0:0")).unwrap();
        sender.send_to(b"x", ("10.0.1.20", port)).unwrap();
        socket.recv(&mut [0; 8]).is_ok()
    };
    assert_eq!([999, 1000, 1500, 2000, 2001].map(receive), [false, true, true, true, false]);
}

#[test]
fn a_port_of_the_host_has_an_address_in_the_subnet_also_after_a_restart() {
    let mut world = World::new();
    let host = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = match host.local_addr().unwrap() {
        std::net::SocketAddr::V4(at) => at,
        std::net::SocketAddr::V6(_) => unreachable!("it was bound to IPv4"),
    };
    serve_on(host);
    let plan = world.eni("10.0.1.50", &[DATABASE], Holder::Resource);
    let put = NodeCommand::PutResource {
        resource: ResourceId(7),
        eni: plan,
        ports: vec![ExposedPort { port: 5432, target }],
        serves: None,
    };
    world.net.command(put.clone());
    let NodeReport::ResourceReady(ResourceId(7), path) = world.next() else { panic!("it is made") };
    let app = world.classic("10.0.1.10", &[APP]);
    assert_eq!(ask(&app.namespace, "10.0.1.50:5432").unwrap(), "127.0.0.1");
    assert!(ask(&app.namespace, "10.0.1.50:5433").is_err());
    drop(app);

    // A process that lives in it goes on while another run takes over.
    let namespace = OwnedFd::from(std::fs::File::open(&path).unwrap());
    serve(&namespace, 5433);
    world.net.end();
    let (net, reports) = start(&world.instance);
    world.net = net;
    world.reports = reports;
    world.plan();
    world.group(DATABASE, &[(Protocol::All, Peer::Group(APP))], &[]);
    // The listener of the run before may still have its sockets, of which the kernel takes one.
    let ready = (0..100).any(|_| {
        world.net.command(put.clone());
        let ready = matches!(world.next_of_resources(), NodeReport::ResourceReady(..));
        if !ready {
            std::thread::sleep(Duration::from_millis(20));
        }
        ready
    });
    assert!(ready, "the resource is taken over");
    world.net.sweep();
    let app = world.classic("10.0.1.11", &[APP]);
    assert_eq!(ask(&app.namespace, "10.0.1.50:5432").unwrap(), "127.0.0.1");
    assert_eq!(ask(&app.namespace, "10.0.1.50:5433").unwrap(), "10.0.1.11");
    drop(namespace);
    world.net.command(NodeCommand::DeleteResource(ResourceId(7)));
    assert!(!std::path::Path::new(&path).exists());
    assert!(ask(&app.namespace, "10.0.1.50:5432").is_err());
}

#[test]
fn the_groups_of_an_eni_change_while_it_is_held() {
    let mut world = World::new();
    let plan = world.eni("10.0.1.50", &[APP], Holder::Resource);
    let put = NodeCommand::PutResource {
        resource: ResourceId(7),
        eni: plan.clone(),
        ports: vec![],
        serves: None,
    };
    world.net.command(put);
    let NodeReport::ResourceReady(_, path) = world.next() else { panic!("it is made") };
    let namespace = OwnedFd::from(std::fs::File::open(&path).unwrap());
    serve(&namespace, 5432);
    let app = world.classic("10.0.1.10", &[APP]);
    assert!(ask(&app.namespace, "10.0.1.50:5432").is_err());
    let both = BTreeSet::from([APP, DATABASE]);
    world.net.command(NodeCommand::PutEni(EniPlan { groups: both, ..plan }));
    assert_eq!(ask(&app.namespace, "10.0.1.50:5432").unwrap(), "10.0.1.10");
    drop(namespace);
    world.net.command(NodeCommand::DeleteResource(ResourceId(7)));
}

#[test]
fn two_vpcs_with_the_same_blocks_do_not_meet() {
    let mut world = World::new();
    let one = world.classic("10.0.1.10", &[APP]);
    let mut other = World::new();
    let database = other.classic("10.0.1.20", &[DATABASE]);
    serve(&database.namespace, 5432);
    assert!(ask(&one.namespace, "10.0.1.20:5432").is_err());
}

#[test]
fn the_outside_is_the_hosts_network_and_not_the_host() {
    let world = World::new();
    let host = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = host.local_addr().unwrap().port();
    serve_on(host);
    let slot = world.net.slot(Place::Outside).unwrap();
    world.net.attach(&slot, EnvironmentId(1), &Attachment::Outside).unwrap();
    let other = world.net.slot(Place::Outside).unwrap();
    serve(&other.namespace, 8080);
    assert!(ask(&slot.namespace, &format!("127.0.0.1:{port}")).is_err());
    for host in addresses_of_the_host() {
        assert!(ask(&slot.namespace, &format!("{host}:{port}")).is_err(), "{host} was reached");
    }
    assert!(ask(&slot.namespace, "169.254.2.2:8080").is_err());
}

fn addresses_of_the_host() -> Vec<Ipv4Addr> {
    let text = std::fs::read_to_string("/proc/net/fib_trie").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let local = lines.windows(2).filter(|pair| pair[1].contains("host LOCAL"));
    local.filter_map(|pair| pair[0].trim().strip_prefix("|-- ")?.parse().ok()).collect()
}
