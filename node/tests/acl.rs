//! Network ACLs with real connections: replies, known connections, both ENI models, restarts, and what
//! is told of drops.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, ResourceId, RouteTableId, RuleId, SubnetId, VpcId,
};
use engine::node::{Attachment, NodeCommand, NodeReport, PacketDrop};
use engine::plan::{
    AclPlan, AclRule, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, RulePlan, SubnetPlan,
    VpcPlan,
};
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::{Network, Place, Slot};
use node::net::{Net, namespace};

const VPC: VpcId = VpcId(1);
const GROUP: GroupId = GroupId(1);
/// The subnets of the app and of the database, each with the ACL of its number.
const APP: u64 = 1;
const DATABASE: u64 = 2;
const BLOCKS: [(u64, &str); 2] = [(APP, "10.0.1.0/24"), (DATABASE, "10.0.2.0/26")];

struct World {
    instance: String,
    net: Net,
    reports: Receiver<NodeReport>,
    planned: RefCell<VpcPlan>,
    enis: u64,
}

static WORLDS: AtomicU32 = AtomicU32::new(0);

fn start(instance: &str) -> (Net, Receiver<NodeReport>) {
    let (sender, reports) = channel();
    let sender = Mutex::new(sender);
    let report = move |report| drop(sender.lock().unwrap().send(report));
    (Net::start(instance, Vec::new(), Arc::new(report)).expect("tests are run as root"), reports)
}

impl World {
    /// A VPC whose one group lets everything through, and whose ACLs do too.
    fn new() -> World {
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let instance = format!("acl-{}-{number}", std::process::id());
        let (net, reports) = start(&instance);
        let everything = [RulePlan {
            rule: RuleId(1),
            protocol: Protocol::All,
            peer: Peer::Cidr(Cidr::ANYWHERE),
        }];
        let (ingress, egress) = (everything.to_vec(), everything.to_vec());
        let group = GroupPlan { group: GROUP, vpc: VPC, ingress, egress };
        let subnets = BLOCKS.map(|(id, block)| SubnetPlan {
            cidr6: None,
            subnet: SubnetId(id),
            cidr: cidr(block),
            table: RouteTableId(1),
            acl: AclId(id),
        });
        let plan = VpcPlan {
            subnets: subnets.to_vec(),
            groups: [(GROUP, group.into())].into(),
            ..VpcPlan::empty(VPC, vec![cidr("10.0.0.0/16")])
        };
        let world = World { instance, net, reports, planned: RefCell::new(plan), enis: 0 };
        for (id, _) in BLOCKS {
            world.acl(id, &[open(100)], &[open(100)]);
        }
        world
    }

    /// Has an ACL with these rules, in force when this returns.
    fn acl(&self, id: u64, ingress: &[AclRulePlan], egress: &[AclRulePlan]) {
        let (ingress, egress) = (ingress.to_vec(), egress.to_vec());
        let plan = AclPlan { acl: AclId(id), ingress, egress };
        self.planned.borrow_mut().acls.insert(AclId(id), Arc::new(plan));
        self.put();
    }

    fn put(&self) {
        let mut plan = self.planned.borrow_mut();
        plan.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(plan.clone())));
        let in_force = NodeReport::PlanInForce { vpc: VPC, generation: plan.generation };
        loop {
            match self.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes") {
                NodeReport::Dropped(_) | NodeReport::EniReady(_) => {}
                other => return assert_eq!(other, in_force),
            }
        }
    }

    fn eni(&mut self, address: &str, holder: Holder) -> EniPlan {
        self.enis += 1;
        let address: Ipv4Addr = address.parse().unwrap();
        let of = |(_, block): &&(u64, &str)| cidr(block).contains(address);
        let (subnet, block) = BLOCKS.iter().find(of).expect("it is of a subnet");
        EniPlan {
            addresses6: Vec::new(),
            eni: EniId(self.enis),
            vpc: VPC,
            subnet: SubnetId(*subnet),
            gateway: cidr(block).nth(1).unwrap(),
            address,
            mac: [2, 0, 0, 0, 2, self.enis as u8],
            groups: [GROUP].into(),
            holder,
        }
    }

    fn classic(&mut self, address: &str) -> Slot {
        let plan = self.eni(address, Holder::Environment);
        let slot = self.net.slot(Place::Vpc(VPC)).unwrap();
        let environment = EnvironmentId(self.enis);
        self.net.attach(&slot, environment, &Attachment::Classic(plan)).unwrap();
        slot
    }

    /// An environment behind a shared ENI.
    fn behind(&mut self, address: &str) -> Slot {
        let plan = self.eni(address, Holder::Shared);
        let attachment = Attachment::Hyperplane(plan.eni);
        self.net.command(NodeCommand::PutEni(plan));
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(self.enis), &attachment).unwrap();
        slot
    }

    /// The next drop for a reason.
    fn dropped(&self, reason: DropReason) -> PacketDrop {
        loop {
            match self.reports.recv_timeout(Duration::from_secs(5)).expect("a drop is told") {
                NodeReport::Dropped(drop) if drop.reason == reason => return drop,
                _ => {}
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
    text.parse().unwrap()
}

fn rule(number: u16, allows: bool, ports: (u16, u16), block: &str) -> AclRulePlan {
    let protocol = Protocol::Tcp(Ports { first: ports.0, last: ports.1 });
    AclRulePlan { number, allows, protocol, block: AclBlock::V4(cidr(block)) }
}

fn open(number: u16) -> AclRulePlan {
    let block = AclBlock::V4(Cidr::ANYWHERE);
    AclRulePlan { number, allows: true, protocol: Protocol::All, block }
}

fn by(acl: u64, rule: Option<u16>) -> AclRule {
    AclRule { acl: AclId(acl), rule }
}

/// Listens in a namespace, and gives back each byte of each connection.
fn serve(at: &OwnedFd, port: u16) {
    let listener = namespace::enter(at, || TcpListener::bind(("0.0.0.0", port))).unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut byte = [0];
                while stream.read_exact(&mut byte).is_ok() && stream.write_all(&byte).is_ok() {}
            });
        }
    });
}

fn connect(from: &OwnedFd, to: &str) -> std::io::Result<TcpStream> {
    let to: SocketAddrV4 = to.parse().unwrap();
    namespace::enter(from, || {
        let stream = TcpStream::connect_timeout(&to.into(), Duration::from_millis(300))?;
        stream.set_read_timeout(Some(Duration::from_millis(300)))?;
        Ok(stream)
    })
}

/// Whether a byte goes there and comes back.
fn echoes(mut stream: &TcpStream) -> bool {
    stream.write_all(b"x").unwrap();
    stream.read_exact(&mut [0]).is_ok()
}

/// The database is asked by the app, and answers to no port that connections are made from.
fn one_way(world: &World) {
    world.acl(DATABASE, &[rule(100, true, (5432, 5432), "10.0.1.0/24")], &[]);
}

fn replies_need_a_rule(world: &World, app: &Slot, source: &str) {
    one_way(world);
    assert!(connect(&app.namespace, "10.0.2.20:5432").is_err());
    let told = world.dropped(DropReason::AclEgress(by(DATABASE, None)));
    assert!(told.is_reply);
    assert_eq!((told.eni, told.environment), (Some(EniId(1)), Some(EnvironmentId(1))));
    assert_eq!(told.source, Ipv4Addr::new(10, 0, 2, 20));
    assert_eq!(told.destination.ip().to_string(), source);
    let database = |egress: &[_]| {
        let ingress = rule(100, true, (5432, 5432), "10.0.1.0/24");
        world.acl(DATABASE, &[ingress], egress);
    };
    database(&[rule(100, true, (1024, 65_535), "10.0.1.0/24")]);
    let stream = connect(&app.namespace, "10.0.2.20:5432").expect("both ways are open");
    assert!(echoes(&stream));
    // What is asked of another port does not come in, and says so.
    assert!(connect(&app.namespace, "10.0.2.20:80").is_err());
    let told = world.dropped(DropReason::AclIngress(by(DATABASE, None)));
    assert!(!told.is_reply);
    assert_eq!((told.source.to_string().as_str(), told.destination.port()), (source, 80));
    // A connection that is established is cut, and goes on when it is let through again.
    let denied = [rule(50, false, (0, 65_535), "10.0.1.0/24"), open(100)];
    database(&denied);
    assert!(!echoes(&stream));
    let told = world.dropped(DropReason::AclEgress(by(DATABASE, Some(50))));
    assert_eq!((told.is_reply, told.eni), (true, Some(EniId(1))));
    database(&[open(100)]);
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    (&stream).read_exact(&mut [0]).expect("what was sent is sent again");
    // The app's subnet has a say in what comes back, too.
    world.acl(APP, &[rule(7, false, (1024, 65_535), "10.0.2.0/26"), open(100)], &[open(100)]);
    assert!(!echoes(&stream));
    let told = world.dropped(DropReason::AclIngress(by(APP, Some(7))));
    assert_eq!((told.is_reply, told.eni), (true, Some(EniId(1))));
    assert_eq!(told.destination.ip().to_string(), source);
    world.acl(APP, &[open(100)], &[rule(9, false, (5432, 5432), "10.0.0.0/8"), open(100)]);
    assert!(connect(&app.namespace, "10.0.2.20:5432").is_err());
    let told = world.dropped(DropReason::AclEgress(by(APP, Some(9))));
    assert_eq!((told.is_reply, told.source.to_string().as_str()), (false, source));
    world.acl(APP, &[open(100)], &[open(100)]);
    assert!(connect(&app.namespace, "10.0.2.20:5432").is_ok_and(|stream| echoes(&stream)));
}

#[test]
fn replies_to_an_eni_pass_by_rules_of_their_own() {
    let mut world = World::new();
    let app = world.classic("10.0.1.10");
    let database = world.classic("10.0.2.20");
    serve(&database.namespace, 5432);
    replies_need_a_rule(&world, &app, "10.0.1.10");
}

#[test]
fn replies_to_a_shared_eni_pass_by_rules_of_their_own() {
    let mut world = World::new();
    let app = world.behind("10.0.1.10");
    let database = world.classic("10.0.2.20");
    serve(&database.namespace, 5432);
    replies_need_a_rule(&world, &app, "10.0.1.10");
}

#[test]
fn within_a_subnet_there_is_no_boundary() {
    let mut world = World::new();
    let (app, shared) = (world.classic("10.0.1.10"), world.behind("10.0.1.11"));
    let neighbour = world.classic("10.0.1.20");
    serve(&neighbour.namespace, 5432);
    world.acl(APP, &[], &[]);
    for from in [&app, &shared] {
        let stream = connect(&from.namespace, "10.0.1.20:5432").expect("they are of one subnet");
        assert!(echoes(&stream));
    }
}

#[test]
fn a_subnet_gets_another_acl_and_one_of_all_is_of_none() {
    let mut world = World::new();
    let app = world.classic("10.0.1.10");
    let database = world.classic("10.0.2.20");
    serve(&database.namespace, 5432);
    let asks = || connect(&app.namespace, "10.0.2.20:5432").is_ok_and(|stream| echoes(&stream));
    // An ACL that nobody has yet, then one that both have, then one that is not planned.
    world.acl(3, &[open(1)], &[rule(1, false, (0, 65_535), "10.0.2.20/32"), open(2)]);
    assert!(asks());
    let give = |subnet: u64, acl: u64| {
        world.planned.borrow_mut().subnets[subnet as usize - 1].acl = AclId(acl);
        world.put();
    };
    give(APP, 3);
    assert!(!asks());
    assert!(!world.dropped(DropReason::AclEgress(by(3, Some(1)))).is_reply);
    give(DATABASE, 3);
    assert!(!asks());
    give(APP, 1);
    assert!(asks());
    give(DATABASE, 4);
    assert!(!asks());
    assert_eq!(world.dropped(DropReason::AclIngress(by(4, None))).eni, Some(EniId(1)));
    // The subnets are gone and there again.
    let subnets = std::mem::take(&mut world.planned.borrow_mut().subnets);
    world.put();
    assert!(asks());
    world.planned.borrow_mut().subnets = subnets;
    world.put();
    assert!(!asks());
    give(DATABASE, 2);
    assert!(asks());
}

#[test]
fn a_vpc_has_as_many_acls_and_entries_as_it_may() {
    let mut world = World::new();
    let denials = (1..20).map(|number| rule(number, false, (number, number), "10.0.0.0/8"));
    let rules: Vec<AclRulePlan> = denials.chain([open(32_766)]).collect();
    {
        let mut plan = world.planned.borrow_mut();
        for id in 3..=200 {
            plan.subnets.push(SubnetPlan {
                cidr6: None,
                subnet: SubnetId(id),
                cidr: Cidr::containing([10, 0, id as u8, 0].into(), 24).unwrap(),
                table: RouteTableId(1),
                acl: AclId(id),
            });
        }
        for id in 1..=200 {
            let (ingress, egress) = (rules.clone(), rules.clone());
            let acl = AclPlan { acl: AclId(id), ingress, egress };
            plan.acls.insert(acl.acl, Arc::new(acl));
        }
    }
    world.put();
    let app = world.classic("10.0.1.10");
    let database = world.classic("10.0.2.20");
    serve(&database.namespace, 5432);
    assert!(connect(&app.namespace, "10.0.2.20:5432").is_ok_and(|stream| echoes(&stream)));
    assert!(connect(&app.namespace, "10.0.2.20:7").is_err());
    assert!(!world.dropped(DropReason::AclEgress(by(APP, Some(7)))).is_reply);
}

#[test]
fn a_router_is_made_with_them_also_after_a_restart() {
    let mut world = World::new();
    one_way(&world);
    let eni = world.eni("10.0.2.20", Holder::Resource);
    let put =
        NodeCommand::PutResource { resource: ResourceId(7), eni, ports: vec![], serves: None };
    let made = |world: &World| loop {
        world.net.command(put.clone());
        match world.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes") {
            NodeReport::ResourceReady(_, path) => return path,
            // What the run before has listened at the router with may still be closing.
            NodeReport::ResourceFailed(..) => std::thread::sleep(Duration::from_millis(20)),
            _ => {}
        }
    };
    let path = made(&world);
    let database = OwnedFd::from(std::fs::File::open(&path).unwrap());
    serve(&database, 5432);
    let refuses = |world: &mut World| {
        let app = world.classic("10.0.1.10");
        assert!(connect(&app.namespace, "10.0.2.20:5432").is_err());
        let told = world.dropped(DropReason::AclEgress(by(DATABASE, None)));
        assert_eq!((told.is_reply, told.eni), (true, Some(EniId(world.enis))));
        app
    };
    let before = refuses(&mut world);
    // The run ends, and another finds what it left.
    world.net.end();
    let (net, reports) = start(&world.instance);
    (world.net, world.reports) = (net, reports);
    drop(before);
    world.put();
    made(&world);
    world.net.sweep();
    refuses(&mut world);
    drop(database);
    world.net.command(NodeCommand::DeleteResource(ResourceId(7)));
}
