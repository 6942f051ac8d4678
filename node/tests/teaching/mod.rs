//! AWS's teaching example, a VPC with a public and a private subnet, as a world of real packets: on a host of its
//! own whose default route leads to what plays the internet.
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

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
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::{Network, Slot};
use node::net::{Net, namespace};

use super::internet::Host;

pub const VPC: VpcId = VpcId(1);
pub const GATEWAY: InternetGatewayId = InternetGatewayId(1);
pub const ACL: AclId = AclId(1);
pub const NAT: NatGatewayId = NatGatewayId(1);
/// The subnets with their tables: one leads to the gateway, one to the NAT gateway in the first.
pub const PUBLIC: u64 = 1;
pub const PRIVATELY: u64 = 2;
/// Everything may go out, and web may come in.
pub const APP: GroupId = GroupId(1);
pub const OF_NAT: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 1);
pub const OF_WEB: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 2);

pub fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

pub struct World {
    pub net: Net,
    pub host: Host,
    pub reports: Receiver<NodeReport>,
    pub plan: VpcPlan,
    enis: u64,
    pub instance: String,
}

pub fn table(id: u64, routes: &[(&str, RouteTarget)]) -> (RouteTableId, Arc<RouteTablePlan>) {
    let local = RoutePlan { destination: cidr("10.0.0.0/16"), target: RouteTarget::Local };
    let others = routes.iter().map(|(block, target)| {
        let (destination, target) = (cidr(block), *target);
        RoutePlan { destination, target }
    });
    let table = RouteTableId(id);
    (
        table,
        Arc::new(RouteTablePlan {
            routes6: Vec::new(),
            table,
            routes: [local].into_iter().chain(others).collect(),
        }),
    )
}

/// A network ACL that lets everything through.
pub fn open_acl() -> (AclId, Arc<AclPlan>) {
    let block = AclBlock::V4(Cidr::ANYWHERE);
    let rule = AclRulePlan { number: 100, allows: true, protocol: Protocol::All, block };
    (ACL, Arc::new(AclPlan { acl: ACL, ingress: vec![rule], egress: vec![rule] }))
}

/// A VPC with a public and a private subnet, and a NAT gateway in the first.
pub fn teaching_example(vpc: VpcId) -> VpcPlan {
    let subnet = |id: u64| SubnetPlan {
        cidr6: None,
        subnet: SubnetId(id),
        cidr: cidr(&format!("10.0.{id}.0/24")),
        table: RouteTableId(id),
        acl: ACL,
    };
    let rule = |rule, protocol| RulePlan {
        rule: RuleId(rule),
        protocol,
        peer: Peer::Cidr(Cidr::ANYWHERE),
    };
    let web = Protocol::Tcp(Ports { first: 80, last: 80 });
    let group = GroupPlan {
        group: APP,
        vpc,
        ingress: vec![rule(1, web)],
        egress: vec![rule(2, Protocol::All)],
    };
    let nat = NatPlan {
        nat: NAT,
        eni: EniId(1_000_000),
        subnet: SubnetId(PUBLIC),
        private: Ipv4Addr::new(10, 0, 1, 200),
        public: Some(OF_NAT),
    };
    VpcPlan {
        subnets: vec![subnet(PUBLIC), subnet(PRIVATELY)],
        groups: BTreeMap::from([(APP, Arc::new(group))]),
        tables: BTreeMap::from([
            table(PUBLIC, &[("0.0.0.0/0", RouteTarget::InternetGateway(GATEWAY))]),
            table(PRIVATELY, &[("0.0.0.0/0", RouteTarget::NatGateway(NAT))]),
        ]),
        acls: [open_acl()].into(),
        gateway: Some(GATEWAY),
        nats: BTreeMap::from([(NAT, nat)]),
        ..VpcPlan::empty(vpc, vec![cidr("10.0.0.0/16")])
    }
}

impl World {
    pub fn new(name: &str) -> World {
        World::on(name, Host::new())
    }

    pub fn on(name: &str, host: Host) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let instance = format!("test-routes-{name}-{}", std::process::id());
        let net = host.within(|| Net::start(&instance, Vec::new(), Arc::new(report)).unwrap());
        let plan = teaching_example(VPC);
        let mut world = World { net, host, reports, plan, enis: 0, instance };
        world.put();
        world
    }

    pub fn put(&mut self) {
        self.plan.generation.0 += 1;
        self.command(NodeCommand::Plan(Arc::new(self.plan.clone())));
        loop {
            match self.next() {
                NodeReport::PlanInForce { .. } => return,
                NodeReport::Dropped(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    pub fn command(&self, command: NodeCommand) {
        self.host.within(|| self.net.command(command));
    }

    pub fn next(&self) -> NodeReport {
        self.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes")
    }

    /// The next drop for a reason.
    pub fn dropped(&self, reason: DropReason) -> PacketDrop {
        loop {
            match self.next() {
                NodeReport::Dropped(drop) if drop.reason == reason => return drop,
                NodeReport::Dropped(_) | NodeReport::PlanInForce { .. } => {}
                other => panic!("a drop was to be told: {other:?}"),
            }
        }
    }

    /// The next drop for a reason of what an environment has to do with: of others' something may be sent again.
    pub fn dropped_of(&self, reason: DropReason, environment: u64) -> PacketDrop {
        loop {
            let drop = self.dropped(reason);
            if drop.environment == Some(EnvironmentId(environment)) {
                return drop;
            }
        }
    }

    pub fn eni(&mut self, subnet: u64, holder: Holder) -> EniPlan {
        self.enis += 1;
        EniPlan {
            addresses6: Vec::new(),
            eni: EniId(self.enis),
            vpc: VPC,
            subnet: SubnetId(subnet),
            gateway: Ipv4Addr::new(10, 0, subnet as u8, 1),
            address: Ipv4Addr::new(10, 0, subnet as u8, 10 + self.enis as u8),
            mac: [2, 0, 0, 0, 1, self.enis as u8],
            groups: [APP].into(),
            holder,
        }
    }

    pub fn attached(&self, attachment: &Attachment, environment: u64) -> Slot {
        self.host.within(|| {
            let slot = self.net.slot(self.net.place(attachment).unwrap()).unwrap();
            self.net.attach(&slot, EnvironmentId(environment), attachment).unwrap();
            slot
        })
    }

    /// A function in a subnet, with an ENI of its own.
    pub fn classic(&mut self, subnet: u64) -> (EniPlan, Slot) {
        let plan = self.eni(subnet, Holder::Environment);
        let slot = self.attached(&Attachment::Classic(plan.clone()), self.enis);
        (plan, slot)
    }

    /// A function in a subnet, behind a shared ENI.
    pub fn shared(&mut self, subnet: u64) -> (EniPlan, Slot) {
        let plan = self.eni(subnet, Holder::Shared);
        self.command(NodeCommand::PutEni(plan.clone()));
        assert_eq!(self.next(), NodeReport::EniReady(plan.eni));
        let slot = self.attached(&Attachment::Hyperplane(plan.eni), self.enis);
        (plan, slot)
    }

    pub fn publish(&mut self, eni: &EniPlan, public: Ipv4Addr) {
        let is_shared = eni.holder == Holder::Shared;
        let public = PublicPlan { private: eni.address, public, is_shared };
        self.plan.publics.insert(eni.eni, public);
        self.put();
    }

    pub fn lead(&mut self, id: u64, routes: &[(&str, RouteTarget)]) {
        let (id, table) = table(id, routes);
        self.plan.tables.insert(id, table);
        self.put();
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.command(NodeCommand::DeleteVpc(VPC));
        self.host.within(|| self.net.end());
    }
}

/// Listens in a namespace and answers each connection with the address it comes from.
pub fn serve(at: &OwnedFd, port: u16) {
    let listener = namespace::enter(at, || TcpListener::bind(("0.0.0.0", port))).unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let from = stream.peer_addr().unwrap().ip().to_string();
            let _ = stream.write_all(from.as_bytes());
        }
    });
}

pub fn connect(from: &OwnedFd, to: Ipv4Addr, port: u16) -> std::io::Result<TcpStream> {
    let to = SocketAddrV4::new(to, port);
    namespace::enter(from, || TcpStream::connect_timeout(&to.into(), Duration::from_millis(400)))
}

/// Connects, and returns what the server says.
pub fn ask(from: &OwnedFd, to: Ipv4Addr, port: u16) -> std::io::Result<String> {
    let mut stream = connect(from, to, port)?;
    let mut told = String::new();
    stream.read_to_string(&mut told)?;
    Ok(told)
}

pub fn reaches(slot: &Slot, to: Ipv4Addr) -> bool {
    connect(&slot.namespace, to, 80).is_ok()
}
