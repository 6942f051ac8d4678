//! Secondary addresses of resources with real packets, and what a run that ended too early left of
//! addresses.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, ResourceId, RouteTableId, RuleId, SubnetId, VpcId,
};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, GroupPlan, Holder, MiddleboxPlan, RoutePlan, RouteTablePlan,
    RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::group::{Peer, Protocol};
use engine::record::network_acl::AclBlock;
use engine::record::resource::ExposedPort;
use node::agent::{Network, Place, Slot};
use node::net::{Net, namespace};

const VPC: VpcId = VpcId(1);
/// Whose members reach each other at the port that all listen at.
const GROUP: GroupId = GroupId(1);
/// Whose members are reached likewise, and begin nothing.
const SILENT: GroupId = GroupId(2);
const PORT: u16 = 5432;

struct World {
    instance: String,
    net: Net,
    reports: Receiver<NodeReport>,
    plan: VpcPlan,
}

fn start(instance: &str) -> (Net, Receiver<NodeReport>) {
    let (sender, reports) = channel();
    let sender = Mutex::new(sender);
    let report = move |report| drop(sender.lock().unwrap().send(report));
    (Net::start(instance, Vec::new(), Arc::new(report)).expect("tests are run as root"), reports)
}

fn at(last: u8) -> Ipv4Addr {
    [10, 0, 1, last].into()
}

fn at6(last: u16) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 2, 0, 0x501, 0, 0, 0, last)
}

impl World {
    fn new(name: &str) -> World {
        let instance = format!("{name}-{}", std::process::id());
        let (net, reports) = start(&instance);
        let mut plan = VpcPlan::empty(VPC, vec![Cidr::containing(at(0), 16).unwrap()]);
        plan.cidrs6 = vec!["2001:2:0:500::/56".parse().unwrap()];
        let rules =
            vec![RulePlan { rule: RuleId(1), protocol: Protocol::All, peer: Peer::Group(GROUP) }];
        let group = GroupPlan { group: GROUP, vpc: VPC, ingress: rules.clone(), egress: rules };
        plan.groups.insert(GROUP, Arc::new(group));
        let mut world = World { instance, net, reports, plan };
        world.put();
        world
    }

    fn put(&mut self) {
        self.plan.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.plan.clone())));
        let generation = self.plan.generation;
        self.wait(|report| report == &NodeReport::PlanInForce { vpc: VPC, generation });
    }

    /// Has an ENI have these secondary addresses.
    fn has(&mut self, eni: u64, addresses: &[Ipv4Addr]) {
        let addresses = addresses.iter().copied().collect();
        self.plan.secondaries.insert(EniId(eni), addresses);
        self.plan.secondaries.retain(|_, held| !held.is_empty());
    }

    fn wait(&self, is_it: impl Fn(&NodeReport) -> bool) -> NodeReport {
        loop {
            let report = self.reports.recv_timeout(Duration::from_secs(5)).expect("one comes");
            if is_it(&report) {
                return report;
            }
        }
    }

    /// A resource with an ENI of the same number.
    fn resource(&self, number: u64, addresses6: &[Ipv6Addr]) -> PathBuf {
        self.resource_with(eni(number, addresses6, Holder::Resource))
    }

    fn resource_with(&self, eni: EniPlan) -> PathBuf {
        let (resource, ports) = (ResourceId(eni.eni.0), Vec::new());
        self.net.command(NodeCommand::PutResource { resource, eni, ports, serves: None });
        match self.wait(|report| matches!(report, NodeReport::ResourceReady(..))) {
            NodeReport::ResourceReady(_, path) => path.into(),
            _ => unreachable!("nothing else was waited for"),
        }
    }

    fn classic(&self, number: u64, addresses6: &[Ipv6Addr]) -> Slot {
        let plan = eni(number, addresses6, Holder::Environment);
        let slot = self.net.slot(Place::Vpc(VPC)).unwrap();
        self.net.attach(&slot, EnvironmentId(number), &Attachment::Classic(plan)).unwrap();
        slot
    }

    /// Ends as if killed; the next run adopts what lives.
    fn restart(&mut self) {
        self.net.end();
        (self.net, self.reports) = start(&self.instance);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for number in 1..4 {
            self.net.command(NodeCommand::DeleteResource(ResourceId(number)));
        }
        self.net.command(NodeCommand::DeleteVpc(VPC));
        self.net.end();
    }
}

fn eni(number: u64, addresses6: &[Ipv6Addr], holder: Holder) -> EniPlan {
    EniPlan {
        eni: EniId(number),
        vpc: VPC,
        subnet: SubnetId(1),
        gateway: at(1),
        address: at(10 + number as u8),
        addresses6: addresses6.to_vec(),
        mac: [2, 0, 0, 0, 1, number as u8],
        groups: [GROUP].into(),
        holder,
    }
}

fn inside(path: &PathBuf) -> OwnedFd {
    std::fs::File::open(path).unwrap().into()
}

/// Listens, at all addresses, and tells whoever asks from where it does.
fn serve(at: &OwnedFd) {
    let listener = namespace::enter(at, || TcpListener::bind(("::", PORT))).unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let from = stream.peer_addr().unwrap().ip().to_canonical();
            let _ = stream.write_all(from.to_string().as_bytes());
        }
    });
}

fn connect(from: &OwnedFd, to: impl Into<IpAddr>) -> std::io::Result<TcpStream> {
    let to = SocketAddr::from((to.into(), PORT));
    namespace::enter(from, || TcpStream::connect_timeout(&to, Duration::from_millis(300)))
}

fn ask(from: &OwnedFd, to: impl Into<IpAddr>) -> std::io::Result<String> {
    let mut told = String::new();
    connect(from, to)?.read_to_string(&mut told)?;
    Ok(told)
}

/// Whether an address is the namespace's own.
fn holds(at: &OwnedFd, address: impl Into<IpAddr>) -> bool {
    namespace::enter(at, || TcpListener::bind((address.into(), 0))).is_ok()
}

#[test]
fn a_resource_that_cannot_be_made_leaves_nothing() {
    let mut world = World::new("unmade");
    world.has(1, &[at(50)]);
    world.put();
    let twice = ExposedPort { port: PORT, target: "127.0.0.1:9".parse().unwrap() };
    let eni = |number| EniPlan { address: at(40), ..eni(number, &[at6(40)], Holder::Resource) };
    let put = |number, ports| NodeCommand::PutResource {
        resource: ResourceId(number),
        eni: eni(number),
        ports,
        serves: None,
    };
    for _ in 0..2 {
        world.net.command(put(1, vec![twice, twice]));
        world.wait(|report| matches!(report, NodeReport::ResourceFailed(ResourceId(1), _)));
        let path = format!("/run/warren/{}/{}", world.instance, ResourceId(1));
        assert!(!std::path::Path::new(&path).exists(), "its namespace is there");
    }
    let two = inside(&world.resource(2, &[]));
    assert!(ask(&two, at(40)).is_err(), "somebody answers");
    // Its addresses are the next one's.
    world.has(1, &[]);
    world.has(3, &[at(50)]);
    world.put();
    let three = inside(&world.resource_with(eni(3)));
    serve(&three);
    for address in [IpAddr::from(at(40)), at(50).into()] {
        assert_eq!(ask(&two, address).unwrap(), "10.0.1.12", "{address}");
    }
    // So they are of a function that holds an ENI, and nothing is left in the end.
    world.net.command(NodeCommand::DeleteResource(ResourceId(3)));
    world.net.command(put(1, vec![twice, twice]));
    world.wait(|report| matches!(report, NodeReport::ResourceFailed(ResourceId(1), _)));
    world.net.command(NodeCommand::DeleteResource(ResourceId(1)));
    let held = Attachment::Classic(EniPlan { holder: Holder::Environment, ..eni(4) });
    let slot = world.net.slot(Place::Vpc(VPC)).unwrap();
    world.net.attach(&slot, EnvironmentId(4), &held).unwrap();
    serve(&slot.namespace);
    assert_eq!(ask(&two, at(40)).unwrap(), "10.0.1.12");
    world.net.release(&slot);
    drop((slot, two, three));
    world.net.command(NodeCommand::DeleteResource(ResourceId(2)));
    world.net.end();
    let left = format!("/run/warren/{}", world.instance);
    assert!(!std::path::Path::new(&left).exists(), "something is pinned there");
}

#[test]
fn secondary_addresses_are_a_resources_own_while_its_eni_has_them() {
    let mut world = World::new("second");
    world.has(1, &[at(50)]);
    world.put();
    let one = inside(&world.resource(1, &[]));
    let two = inside(&world.resource(2, &[]));
    serve(&one);
    serve(&two);
    assert_eq!(ask(&two, at(50)).unwrap(), "10.0.1.12");
    assert!(holds(&one, at(50)) && !holds(&two, at(50)));
    // Two change holders with one plan, and one is new.
    world.has(1, &[at(51)]);
    world.has(2, &[at(50)]);
    world.put();
    assert_eq!(ask(&one, at(50)).unwrap(), "10.0.1.11");
    assert_eq!(ask(&two, at(51)).unwrap(), "10.0.1.12");
    assert!(!holds(&one, at(50)) && holds(&two, at(50)));
    world.has(1, &[]);
    world.put();
    assert!(ask(&two, at(51)).is_err() && !holds(&one, at(51)));
    assert_eq!(ask(&two, at(11)).unwrap(), "10.0.1.12");
}

#[test]
fn secondary_addresses_of_a_middlebox_are_its_own_and_not_what_it_passes_on() {
    let mut world = World::new("middle");
    // Of another subnet the routes lead all of the first one's to it; it takes everything and begins nothing.
    let subnet = |number, block: &str, table| SubnetPlan {
        subnet: SubnetId(number),
        cidr: block.parse().unwrap(),
        cidr6: None,
        table: RouteTableId(table),
        acl: AclId(1),
    };
    world.plan.subnets = vec![subnet(1, "10.0.1.0/24", 1), subnet(2, "10.0.2.0/24", 2)];
    let (number, allows, protocol) = (100, true, Protocol::All);
    let block = AclBlock::V4(Cidr::ANYWHERE);
    let all = vec![AclRulePlan { number, allows, protocol, block }];
    let acl = AclPlan { acl: AclId(1), ingress: all.clone(), egress: all };
    world.plan.acls.insert(AclId(1), Arc::new(acl));
    let to = RouteTarget::NetworkInterface(EniId(1));
    let led = RoutePlan { destination: Cidr::containing(at(0), 24).unwrap(), target: to };
    for (number, routes) in [(1, vec![]), (2, vec![led])] {
        let table = RouteTablePlan { table: RouteTableId(number), routes, routes6: Vec::new() };
        world.plan.tables.insert(RouteTableId(number), Arc::new(table));
    }
    let (eni, subnet, address) = (EniId(1), SubnetId(1), at(11));
    let middlebox = MiddleboxPlan { eni, subnet, address, forwards: true };
    world.plan.middleboxes.insert(eni, middlebox);
    let rule = RulePlan { rule: RuleId(1), protocol: Protocol::All, peer: Peer::Group(GROUP) };
    let ingress = vec![rule];
    let silent = GroupPlan { group: SILENT, vpc: VPC, ingress, egress: Vec::new() };
    world.plan.groups.insert(SILENT, Arc::new(silent));
    let egress = vec![RulePlan { peer: Peer::Group(SILENT), ..rule }];
    let asking = GroupPlan { group: GROUP, vpc: VPC, ingress: Vec::new(), egress };
    world.plan.groups.insert(GROUP, Arc::new(asking));
    world.has(1, &[at(50)]);
    world.put();
    let mut plan = self::eni(1, &[], Holder::Resource);
    plan.groups = [SILENT].into();
    let one = inside(&world.resource_with(plan));
    serve(&one);
    let mut plan = self::eni(2, &[], Holder::Resource);
    (plan.subnet, plan.address, plan.gateway) =
        (SubnetId(2), [10, 0, 2, 12].into(), [10, 0, 2, 1].into());
    let two = inside(&world.resource_with(plan));
    for own in [at(11), at(50)] {
        assert_eq!(ask(&two, own).unwrap(), "10.0.2.12", "{own}");
    }
    world.has(1, &[at(51)]);
    world.put();
    assert_eq!(ask(&two, at(51)).unwrap(), "10.0.2.12");
    // What it is not checked for is for it, too, but it has nobody there.
    assert!(ask(&two, at(50)).is_err());
    let mut plan = world.plan.clone();
    plan.middleboxes.get_mut(&eni).unwrap().forwards = false;
    world.plan = plan;
    world.put();
    assert_eq!(ask(&two, at(51)).unwrap(), "10.0.2.12");
    assert!(ask(&one, [10, 0, 2, 12]).is_err());
}

#[test]
fn a_resource_that_is_adopted_loses_what_its_eni_lost_before_the_run_ended() {
    let mut world = World::new("stale");
    world.has(1, &[at(50), at(51)]);
    world.put();
    let one = inside(&world.resource(1, &[at6(0x50), at6(0x51)]));
    serve(&one);
    let client = world.classic(4, &[at6(0x14)]);
    assert_eq!(ask(&client.namespace, at(50)).unwrap(), "10.0.1.14");
    assert_eq!(ask(&client.namespace, at6(0x50)).unwrap(), at6(0x14).to_string());

    // The plan without them was stored, and never came to the run before.
    world.restart();
    world.has(1, &[at(51)]);
    world.put();
    world.resource(1, &[at6(0x51)]);
    assert!(!holds(&one, at(50)) && !holds(&one, at6(0x50)));
    assert!(holds(&one, at(51)) && holds(&one, at6(0x51)));
    // They are another's now, whom it reaches by them.
    world.has(2, &[at(50)]);
    world.put();
    let two = inside(&world.resource(2, &[at6(0x50)]));
    serve(&two);
    assert_eq!(ask(&one, at(50)).unwrap(), "10.0.1.11");
    assert_eq!(ask(&one, at6(0x50)).unwrap(), at6(0x51).to_string());
    for own in [IpAddr::from(at(51)), at6(0x51).into()] {
        assert!(ask(&two, own).is_ok(), "{own}");
    }
}

#[test]
fn who_gets_an_address_that_somebody_had_in_an_earlier_run_gets_none_of_its_connections() {
    let mut world = World::new("known");
    world.has(1, &[at(50)]);
    world.put();
    let one = inside(&world.resource(1, &[at6(0x50)]));
    let two = inside(&world.resource(2, &[at6(0x60)]));
    let listener = namespace::enter(&one, || TcpListener::bind(("::", PORT))).unwrap();
    let held = [IpAddr::from(at(50)), at6(0x50).into(), at(11).into()].map(|to| {
        let stream = connect(&two, to).unwrap();
        (to, stream, listener.accept().unwrap().0)
    });

    world.restart();
    world.plan.secondaries.clear();
    world.put();
    world.resource(2, &[at6(0x60)]);
    // What had them is gone; of those who get them one is new, and one is there before it gets one.
    world.net.command(NodeCommand::DeleteResource(ResourceId(1)));
    let mut next = eni(3, &[at6(0x50)], Holder::Resource);
    next.address = at(11);
    world.resource_with(next);
    world.has(3, &[at(50)]);
    // Nobody is let in any more: what is let through is of a connection that is known.
    let closed = GroupPlan { group: GROUP, vpc: VPC, ingress: Vec::new(), egress: Vec::new() };
    world.plan.groups.insert(GROUP, Arc::new(closed));
    world.put();
    for (to, mut stream, _) in held {
        stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        stream.write_all(b"are you there").unwrap();
        let error = stream.read(&mut [0; 8]).expect_err("nobody answers");
        assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock, "{to}");
    }
}
