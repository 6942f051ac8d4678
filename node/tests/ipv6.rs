//! IPv6 with real packets: ENIs that have addresses of it, both ENI models, resources, drops and
//! restarts.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::id::{EniId, EnvironmentId, GroupId, ResourceId, RuleId, SubnetId, VpcId};
use engine::node::{Attachment, NodeCommand, NodeReport, PacketDrop};
use engine::plan::{DropReason, EniPlan, GroupPlan, Holder, RulePlan, VpcPlan};
use engine::record::group::{Peer, Ports, Protocol};
use node::agent::{Network, Place, Slot};
use node::net::{Net, namespace};

const VPC: VpcId = VpcId(1);
const APP: GroupId = GroupId(1);
const DATABASE: GroupId = GroupId(2);

struct World {
    instance: String,
    net: Net,
    reports: Receiver<NodeReport>,
    plan: VpcPlan,
    enis: u64,
}

static WORLDS: AtomicU32 = AtomicU32::new(0);

fn start(instance: &str) -> (Net, Receiver<NodeReport>) {
    let (sender, reports) = channel();
    let sender = Mutex::new(sender);
    let report = move |report| drop(sender.lock().unwrap().send(report));
    (Net::start(instance, Vec::new(), Arc::new(report)).expect("tests are run as root"), reports)
}

fn block() -> Cidr6 {
    "2001:2:0:500::/56".parse().unwrap()
}

/// An address of the VPC.
fn at(number: u16) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 2, 0, 0x501, 0, 0, 0, number)
}

fn tcp(port: u16) -> Protocol {
    Protocol::Tcp(Ports { first: port, last: port })
}

impl World {
    /// A VPC, and two groups: the app may send everything by IPv6, the database takes 5432 from the app.
    fn new(has_ipv6: bool) -> World {
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let instance = format!("six-{}-{number}", std::process::id());
        let (net, reports) = start(&instance);
        let blocks = vec![Cidr::containing([10, 0, 0, 0].into(), 16).unwrap()];
        let plan = VpcPlan::empty(VPC, blocks);
        let mut world = World { instance, net, reports, plan, enis: 0 };
        world.group(APP, &[], &[(Protocol::All, Peer::Cidr6(Cidr6::ANYWHERE))]);
        world.group(DATABASE, &[(tcp(5432), Peer::Group(APP))], &[]);
        if has_ipv6 {
            world.plan.cidrs6 = vec![block()];
        }
        world.put();
        world
    }

    fn group(&mut self, id: GroupId, ingress: &[(Protocol, Peer)], egress: &[(Protocol, Peer)]) {
        let rules = |rules: &[(Protocol, Peer)]| {
            let rule = |(protocol, peer): &(Protocol, Peer)| RulePlan {
                rule: RuleId(1),
                protocol: *protocol,
                peer: *peer,
            };
            rules.iter().map(rule).collect()
        };
        let (ingress, egress) = (rules(ingress), rules(egress));
        self.plan.groups.insert(id, Arc::new(GroupPlan { group: id, vpc: VPC, ingress, egress }));
    }

    /// Gives the node the plan as it is, as the next.
    fn put(&mut self) {
        self.plan.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.plan.clone())));
        let generation = self.plan.generation;
        while self.next() != (NodeReport::PlanInForce { vpc: VPC, generation }) {}
    }

    fn eni(&mut self, addresses: &[Ipv6Addr], groups: &[GroupId], holder: Holder) -> EniPlan {
        self.enis += 1;
        EniPlan {
            eni: EniId(self.enis),
            vpc: VPC,
            subnet: SubnetId(1),
            gateway: [10, 0, 1, 1].into(),
            address: [10, 0, 1, 10 + self.enis as u8].into(),
            addresses6: addresses.to_vec(),
            mac: [2, 0, 0, 0, 1, self.enis as u8],
            groups: groups.iter().copied().collect(),
            holder,
        }
    }

    fn classic(&mut self, addresses: &[Ipv6Addr], groups: &[GroupId]) -> Slot {
        let plan = self.eni(addresses, groups, Holder::Environment);
        let slot = self.net.slot(Place::Vpc(VPC)).unwrap();
        let environment = EnvironmentId(self.enis);
        self.net.attach(&slot, environment, &Attachment::Classic(plan)).unwrap();
        slot
    }

    fn behind(&self, eni: EniId, environment: u64) -> Slot {
        let attachment = Attachment::Hyperplane(eni);
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(environment), &attachment).unwrap();
        slot
    }

    fn next(&self) -> NodeReport {
        self.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes")
    }

    fn dropped(&self, reason: DropReason) -> PacketDrop {
        loop {
            match self.next() {
                NodeReport::Dropped(drop) if drop.reason == reason => return drop,
                NodeReport::Dropped(drop) => {
                    assert_ne!(drop.reason, DropReason::Spoofed, "{drop:?}");
                }
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

/// Listens in a namespace, by both families, and answers each connection with the address it comes from.
fn serve(at: &OwnedFd, port: u16) {
    let listener =
        namespace::enter(at, || TcpListener::bind((Ipv6Addr::UNSPECIFIED, port))).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let from = stream.peer_addr().unwrap().ip().to_canonical().to_string();
            let _ = stream.write_all(from.as_bytes());
        }
    });
}

/// Connects, and returns what the server says.
fn ask(from: &OwnedFd, to: impl Into<IpAddr>, port: u16) -> std::io::Result<IpAddr> {
    let to = SocketAddr::new(to.into(), port);
    namespace::enter(from, || {
        let mut stream = TcpStream::connect_timeout(&to, Duration::from_millis(300))?;
        let mut told = String::new();
        stream.read_to_string(&mut told)?;
        Ok(told.parse().expect("an address"))
    })
}

#[test]
fn enis_reach_what_their_groups_allow_from_the_first_packet_on() {
    let mut world = World::new(true);
    let app = world.classic(&[at(0x10), at(0x11)], &[APP]);
    let database = world.classic(&[at(0x20)], &[DATABASE]);
    let other = world.classic(&[at(0x30)], &[DATABASE]);
    serve(&database.namespace, 5432);
    serve(&database.namespace, 80);
    let seen = ask(&app.namespace, at(0x20), 5432).unwrap();
    assert!([IpAddr::from(at(0x10)), at(0x11).into()].contains(&seen), "{seen}");
    assert!(ask(&app.namespace, at(0x20), 80).is_err());
    let drop = world.dropped(DropReason::Ingress);
    assert_eq!((drop.source, drop.destination), (seen, (at(0x20), 80).into()));
    assert_eq!((drop.environment, drop.protocol), (Some(EnvironmentId(1)), 6));
    assert!(ask(&other.namespace, at(0x20), 5432).is_err());
    assert_eq!(world.dropped(DropReason::Egress).source, at(0x30));
    let outside: Ipv6Addr = "2001:db8::1".parse().unwrap();
    assert!(ask(&app.namespace, outside, 80).is_err());
    assert_eq!(world.dropped(DropReason::NoRoute).destination.ip(), outside);
    assert!(ask(&app.namespace, at(0x77), 80).is_err());
    assert_eq!(world.dropped(DropReason::NoOwner).eni, Some(EniId(1)));
    // Nothing of it is let out by IPv4, for which the groups have no rule.
    assert!(ask(&app.namespace, [10, 0, 1, 12], 5432).is_err());
    assert!(world.dropped(DropReason::Egress).source.is_ipv4());
}

#[test]
fn who_has_no_address_does_not_speak_it_and_nobody_speaks_by_anothers() {
    let mut world = World::new(true);
    let app = world.classic(&[at(0x10)], &[APP]);
    let plain = world.classic(&[], &[APP]);
    let database = world.classic(&[at(0x20)], &[DATABASE]);
    serve(&database.namespace, 5432);
    let error = ask(&plain.namespace, at(0x20), 5432).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(libc::ENETUNREACH), "it has no route");
    let run = |slot: &Slot, command: &str| {
        let words: Vec<&str> = command.split(' ').collect();
        namespace::enter(&slot.namespace, || {
            std::process::Command::new(words[0]).args(&words[1..]).status()
        })
        .unwrap()
    };
    // By an address that another has, also of a connection that is known.
    assert!(run(&plain, &format!("ip -6 addr add {}/128 dev eth0 nodad", at(0x10))).success());
    assert!(run(&plain, "ip -6 route add default via fe80::1 dev eth0 onlink").success());
    assert!(run(&plain, "ip -6 neigh add fe80::1 lladdr ee:ee:ee:ee:ee:ee dev eth0").success());
    assert!(ask(&plain.namespace, at(0x20), 5432).is_err());
    let drop = loop {
        match world.next() {
            NodeReport::Dropped(drop) if drop.reason == DropReason::Spoofed => break drop,
            NodeReport::Dropped(_) => {}
            other => panic!("a drop was to be told: {other:?}"),
        }
    };
    assert_eq!((drop.eni, drop.source), (Some(EniId(2)), at(0x10).into()));
    assert_eq!(ask(&app.namespace, at(0x20), 5432).unwrap(), at(0x10));
}

#[test]
fn a_vpc_gets_ipv6_while_it_is_in_use() {
    let mut world = World::new(false);
    let early = world.net.slot(Place::Vpc(VPC)).unwrap();
    let plain = world.classic(&[], &[DATABASE]);
    let links = |slot: &Slot| {
        let read = || std::fs::read_to_string("/proc/thread-self/net/if_inet6");
        namespace::enter(&slot.namespace, read).unwrap()
    };
    assert!(!links(&plain).contains("eth0"));
    world.plan.cidrs6 = vec![block()];
    world.put();
    // A slot that was made before speaks it once its ENI has an address of it.
    let plan = world.eni(&[at(0x10)], &[APP], Holder::Environment);
    world.net.attach(&early, EnvironmentId(9), &Attachment::Classic(plan)).unwrap();
    let database = world.classic(&[at(0x20)], &[DATABASE]);
    serve(&database.namespace, 5432);
    assert_eq!(ask(&early.namespace, at(0x20), 5432).unwrap(), at(0x10));
    assert_eq!(links(&early).lines().filter(|line| line.contains("eth0")).count(), 1);
    // What its groups say now is in force at once.
    world.group(DATABASE, &[], &[]);
    world.put();
    assert!(ask(&early.namespace, at(0x20), 5432).is_err());
    world.dropped(DropReason::Ingress);
    let near = Peer::Cidr6(Cidr6::containing(at(0x10), 128).unwrap());
    world.group(DATABASE, &[(tcp(5432), near)], &[]);
    world.put();
    assert_eq!(ask(&early.namespace, at(0x20), 5432).unwrap(), at(0x10));
    // One that has lost its block lets nothing of it through.
    world.plan.cidrs6 = Vec::new();
    world.group(DATABASE, &[], &[]);
    world.put();
    assert!(ask(&early.namespace, at(0x20), 5432).is_err());
}

#[test]
fn what_is_behind_a_shared_eni_is_seen_by_that_enis_address() {
    let mut world = World::new(true);
    let shared = world.eni(&[at(0x40)], &[APP], Holder::Shared);
    let eni = shared.eni;
    world.net.command(NodeCommand::PutEni(shared));
    assert_eq!(world.next(), NodeReport::EniReady(eni));
    let (first, second) = (world.behind(eni, 1), world.behind(eni, 2));
    let database = world.classic(&[at(0x20)], &[DATABASE]);
    serve(&database.namespace, 5432);
    for slot in [&first, &second] {
        assert_eq!(ask(&slot.namespace, at(0x20), 5432).unwrap(), at(0x40));
    }
    assert!(ask(&second.namespace, at(0x20), 80).is_err());
    let drop = world.dropped(DropReason::Ingress);
    assert_eq!((drop.source, drop.environment), (at(0x40).into(), Some(EnvironmentId(2))));
    let app = world.classic(&[at(0x10)], &[APP]);
    serve(&first.namespace, 8080);
    assert!(ask(&app.namespace, at(0x40), 8080).is_err());
    assert_eq!(world.dropped(DropReason::OneWay).eni, Some(EniId(3)));
    world.net.release(&first);
    // Its number is another's by now, or will be.
    let third = world.behind(eni, 3);
    assert_eq!(ask(&third.namespace, at(0x20), 5432).unwrap(), at(0x40));
}

#[test]
fn a_resource_gets_and_loses_addresses_while_it_runs_and_keeps_them_over_a_restart() {
    let mut world = World::new(true);
    let app = world.classic(&[at(0x10)], &[APP]);
    let mut plan = world.eni(&[], &[DATABASE], Holder::Resource);
    let (resource, ports) = (ResourceId(1), Vec::new());
    world.net.command(NodeCommand::PutResource {
        resource,
        eni: plan.clone(),
        ports,
        serves: None,
    });
    let NodeReport::ResourceReady(_, path) = world.next() else { panic!("it is made") };
    let inside: OwnedFd = std::fs::File::open(path).unwrap().into();
    serve(&inside, 5432);
    assert!(ask(&app.namespace, at(0x50), 5432).is_err());
    world.dropped(DropReason::NoOwner);
    let mut put = |world: &World, addresses: &[Ipv6Addr]| {
        plan.addresses6 = addresses.to_vec();
        world.net.command(NodeCommand::PutEni(plan.clone()));
        while world.next() != NodeReport::EniReady(plan.eni) {}
        plan.clone()
    };
    put(&world, &[at(0x50), at(0x51)]);
    for address in [at(0x50), at(0x51)] {
        assert_eq!(ask(&app.namespace, address, 5432).unwrap(), at(0x10));
    }
    let plan = put(&world, &[at(0x51)]);
    assert!(ask(&app.namespace, at(0x50), 5432).is_err());
    world.dropped(DropReason::NoOwner);
    // The server is killed, and the next adopts what lives.
    let planned = Arc::new(world.plan.clone());
    let (net, reports) = {
        let instance = world.instance.clone();
        world.net.end();
        start(&instance)
    };
    (world.net, world.reports) = (net, reports);
    world.net.command(NodeCommand::Plan(planned));
    let ports = Vec::new();
    world.net.command(NodeCommand::PutResource { resource, eni: plan, ports, serves: None });
    while !matches!(world.next(), NodeReport::ResourceReady(..)) {}
    let app = world.classic(&[at(0x12)], &[APP]);
    assert_eq!(ask(&app.namespace, at(0x51), 5432).unwrap(), at(0x12));
    world.net.command(NodeCommand::DeleteResource(resource));
}
