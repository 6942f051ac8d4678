//! Ways out of VPCs by IPv6 with real packets: internet gateways, egress-only ones, and none.

mod internet;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::id::{
    AclId, EgressOnlyGatewayId, EniId, EnvironmentId, GroupId, InternetGatewayId, RouteTableId,
    RuleId, SubnetId, VpcId,
};
use engine::node::{Attachment, NodeCommand, NodeReport, PacketDrop};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, RoutePlan6, RouteTablePlan,
    RouteTarget6, RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::group::{Peer, Protocol};
use engine::record::network_acl::AclBlock;
use internet::Host;
use node::agent::{Network, Slot};
use node::net::{Net, namespace};

const GROUP: GroupId = GroupId(1);
const ACL: AclId = AclId(1);
const OPEN: RouteTarget6 = RouteTarget6::InternetGateway(InternetGatewayId(1));
const OUTWARD: RouteTarget6 = RouteTarget6::EgressOnly(EgressOnlyGatewayId(1));

/// An address of a VPC's subnet.
fn at(vpc: u16, subnet: u16, number: u16) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 2, 0, vpc << 8 | subnet, 0, 0, 0, number)
}

/// A VPC with three subnets: one is led to an internet gateway, one to an egress-only one, one nowhere.
fn plan(vpc: u16) -> VpcPlan {
    let subnet = |id: u16| SubnetPlan {
        subnet: SubnetId(u64::from(id)),
        cidr: Cidr::containing([10, 0, id as u8, 0].into(), 24).unwrap(),
        cidr6: Some(Cidr6::containing(at(vpc, id, 0), 64).unwrap()),
        table: RouteTableId(u64::from(id)),
        acl: ACL,
    };
    let table = |id: u64, target: Option<RouteTarget6>| {
        let destination = Cidr6::ANYWHERE;
        let routes6 = target.map(|target| RoutePlan6 { destination, target }).into_iter().collect();
        let table = RouteTableId(id);
        (table, Arc::new(RouteTablePlan { table, routes: Vec::new(), routes6 }))
    };
    let everything = |rule| RulePlan {
        rule: RuleId(rule),
        protocol: Protocol::All,
        peer: Peer::Cidr6(Cidr6::ANYWHERE),
    };
    let id = VpcId(u64::from(vpc));
    let (ingress, egress) = (vec![everything(1)], vec![everything(2)]);
    let group = GroupPlan { group: GROUP, vpc: id, ingress, egress };
    let block = AclBlock::V6(Cidr6::ANYWHERE);
    let rule = AclRulePlan { number: 101, allows: true, protocol: Protocol::All, block };
    let acl = AclPlan { acl: ACL, ingress: vec![rule], egress: vec![rule] };
    VpcPlan {
        cidrs6: vec![Cidr6::containing(at(vpc, 0, 0), 56).unwrap()],
        subnets: vec![subnet(1), subnet(2), subnet(3)],
        groups: BTreeMap::from([(GROUP, Arc::new(group))]),
        tables: BTreeMap::from([table(1, Some(OPEN)), table(2, Some(OUTWARD)), table(3, None)]),
        acls: BTreeMap::from([(ACL, Arc::new(acl))]),
        ..VpcPlan::empty(id, vec![Cidr::containing([10, 0, 0, 0].into(), 16).unwrap()])
    }
}

struct World {
    net: Net,
    host: Host,
    reports: Receiver<NodeReport>,
    enis: u64,
}

impl World {
    fn new(name: &str) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let instance = format!("test-ways6-{name}-{}", std::process::id());
        let host = Host::new();
        let net = host.within(|| Net::start(&instance, Vec::new(), Arc::new(report)).unwrap());
        World { net, host, reports, enis: 0 }
    }

    fn put(&self, plan: &mut VpcPlan) {
        plan.generation.0 += 1;
        self.host.within(|| self.net.command(NodeCommand::Plan(Arc::new(plan.clone()))));
    }

    /// A slot in a VPC's subnet, by an ENI of its own or a shared one.
    fn slot(&mut self, (vpc, subnet): (u16, u16), holder: Holder) -> (Slot, Ipv6Addr) {
        self.enis += 1;
        let address = at(vpc, subnet, 0x10 + self.enis as u16);
        let plan = EniPlan {
            eni: EniId(self.enis),
            vpc: VpcId(u64::from(vpc)),
            subnet: SubnetId(u64::from(subnet)),
            gateway: [10, 0, subnet as u8, 1].into(),
            address: [10, 0, subnet as u8, 10 + self.enis as u8].into(),
            addresses6: vec![address],
            mac: [2, 0, 0, 0, 1, self.enis as u8],
            groups: [GROUP].into(),
            holder,
        };
        let attachment = match holder {
            Holder::Shared => {
                self.host.within(|| self.net.command(NodeCommand::PutEni(plan.clone())));
                Attachment::Hyperplane(plan.eni)
            }
            Holder::Environment | Holder::Resource => Attachment::Classic(plan),
        };
        let environment = EnvironmentId(self.enis);
        let slot = self.host.within(|| {
            let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
            self.net.attach(&slot, environment, &attachment).unwrap();
            slot
        });
        serve(&slot.namespace);
        (slot, address)
    }

    /// The next drop for a reason.
    fn dropped(&self, reason: DropReason) -> PacketDrop {
        loop {
            let next = self.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes");
            match next {
                NodeReport::Dropped(drop) if drop.reason == reason => return drop,
                NodeReport::PlanFailed { failure, .. } => panic!("{failure:?}"),
                _ => {}
            }
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.host.within(|| {
            [1, 2].into_iter().for_each(|id| self.net.command(NodeCommand::DeleteVpc(VpcId(id))));
            self.net.end();
        });
    }
}

/// Listens in a namespace and answers each connection with the address it comes from.
fn serve(at: &OwnedFd) {
    let listener = namespace::enter(at, || TcpListener::bind((Ipv6Addr::UNSPECIFIED, 80))).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let from = stream.peer_addr().unwrap().ip().to_string();
            let _ = stream.write_all(from.as_bytes());
        }
    });
}

/// Connects, and returns by which address it was seen.
fn ask(from: &Slot, to: Ipv6Addr) -> std::io::Result<IpAddr> {
    namespace::enter(&from.namespace, || {
        let to = SocketAddr::new(to.into(), 80);
        let mut stream = TcpStream::connect_timeout(&to, Duration::from_millis(300))?;
        let mut told = String::new();
        stream.read_to_string(&mut told)?;
        Ok(told.parse().expect("an address"))
    })
}

#[test]
fn an_internet_gateway_leads_both_ways_and_an_egress_only_one_out_alone() {
    let mut world = World::new("both");
    let (mut first, mut second) = (plan(1), plan(2));
    world.put(&mut first);
    world.put(&mut second);
    let (open, at_open) = world.slot((1, 1), Holder::Environment);
    let (outward, at_outward) = world.slot((1, 2), Holder::Environment);
    let (shared, at_shared) = world.slot((1, 2), Holder::Shared);
    let (nowhere, at_nowhere) = world.slot((1, 3), Holder::Environment);
    let (other, at_other) = world.slot((2, 1), Holder::Environment);
    // Nothing is translated but what is behind a shared ENI.
    for (slot, seen) in [(&open, at_open), (&outward, at_outward), (&shared, at_shared)] {
        assert_eq!(ask(slot, at_other).unwrap(), seen);
    }
    assert_eq!(ask(&other, at_open).unwrap(), at_other);
    for closed in [at_outward, at_shared, at_nowhere] {
        assert!(ask(&other, closed).is_err(), "{closed}");
    }
    assert!(ask(&nowhere, at_other).is_err());
    let drop = world.dropped(DropReason::NoRoute);
    assert_eq!((drop.source, drop.destination.ip()), (at_nowhere.into(), at_other.into()));
    // Within the VPC no route is asked for.
    assert_eq!(ask(&open, at_nowhere).unwrap(), at_open);
    let beyond: Ipv6Addr = "2001:db8::9".parse().unwrap();
    assert!(ask(&open, beyond).is_err());
    assert_eq!(world.dropped(DropReason::Private).destination.ip(), beyond);

    // A gateway that is gone leads nowhere, also connections that were known.
    let mut known =
        namespace::enter(&outward.namespace, || TcpStream::connect((at_other, 80))).unwrap();
    let destination = Cidr6::ANYWHERE;
    let routes6 = vec![RoutePlan6 { destination, target: RouteTarget6::Blackhole }];
    let table = RouteTableId(2);
    let gone = RouteTablePlan { table, routes: Vec::new(), routes6 };
    first.tables.insert(table, Arc::new(gone));
    world.put(&mut first);
    assert!(ask(&outward, at_other).is_err());
    assert_eq!(world.dropped(DropReason::Blackhole).source, at_outward);
    let _ = known.write_all(b"still there?");
    world.dropped(DropReason::Blackhole);
    assert_eq!(ask(&open, at_other).unwrap(), at_open);

    // Without any route out its block leads nowhere; it comes back with one.
    let tables = std::mem::take(&mut second.tables);
    world.put(&mut second);
    assert!(ask(&open, at_other).is_err());
    second.tables = tables;
    world.put(&mut second);
    assert_eq!(ask(&open, at_other).unwrap(), at_open);
}
