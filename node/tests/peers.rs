//! Peers: what a VPC's peer reaches of it, and what it does not.

mod packets;

use std::io;
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, GroupId, PeeringId, RouteTableId, RuleId, SubnetId, VpcId,
};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, DropReason, EniPlan, GroupPlan, Holder, PeerPlan, RoutePlan,
    RouteTablePlan, RouteTarget, RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::group::{Peer, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::{Network, Slot};
use node::net::{Net, Resolving, Sockets, namespace};
use packets::start;

fn block(vpc: u64) -> Cidr {
    Cidr::containing(Ipv4Addr::new(10, vpc as u8, 0, 0), 16).unwrap()
}

fn own(vpc: u64) -> Ipv4Addr {
    Ipv4Addr::new(10, vpc as u8, 1, 10)
}

fn resolver(vpc: u64) -> Ipv4Addr {
    block(vpc).nth(2).unwrap()
}

/// One of two VPCs that are peers, with routes to each other and groups that let everything through.
fn plan(vpc: u64, other: u64) -> VpcPlan {
    let peer = Peer::Cidr(Cidr::ANYWHERE);
    let everything = RulePlan { rule: RuleId(1), protocol: Protocol::All, peer };
    let (group, id) = (GroupId(vpc), VpcId(vpc));
    let open = GroupPlan { group, vpc: id, ingress: vec![everything], egress: vec![everything] };
    let (table, peering) = (RouteTableId(vpc), PeeringId(1));
    let route = |vpc, target| RoutePlan { destination: block(vpc), target };
    let routes = vec![route(vpc, RouteTarget::Local), route(other, RouteTarget::Peering(peering))];
    let (cidrs, members) = (vec![block(other)], Default::default());
    let peer = PeerPlan { peering, vpc: VpcId(other), cidrs, members };
    let cidr = Cidr::containing(own(vpc), 24).unwrap();
    let own_blocks = vec![block(vpc)];
    let (number, allows, protocol) = (100, true, Protocol::All);
    let block = AclBlock::V4(Cidr::ANYWHERE);
    let rules = vec![AclRulePlan { number, allows, protocol, block }];
    let acl = AclPlan { acl: AclId(vpc), ingress: rules.clone(), egress: rules };
    let mut plan = VpcPlan {
        acls: [(acl.acl, Arc::new(acl))].into(),
        groups: [(group, Arc::new(open))].into(),
        tables: [(table, Arc::new(RouteTablePlan { routes6: Vec::new(), table, routes }))].into(),
        subnets: vec![SubnetPlan {
            subnet: SubnetId(vpc),
            cidr,
            table,
            acl: AclId(vpc),
            cidr6: None,
        }],
        peers: [(peering, peer)].into(),
        ..VpcPlan::empty(id, own_blocks)
    };
    plan.dns.resolver = Some(resolver(vpc));
    plan
}

fn attach(net: &Net, vpc: u64) -> Slot {
    let plan = EniPlan {
        addresses6: Vec::new(),
        eni: EniId(vpc),
        vpc: VpcId(vpc),
        subnet: SubnetId(vpc),
        gateway: Ipv4Addr::new(10, vpc as u8, 1, 1),
        address: own(vpc),
        mac: [2, 0, 0, 0, 5, vpc as u8],
        groups: [GroupId(vpc)].into(),
        holder: Holder::Environment,
    };
    let attachment = Attachment::Classic(plan);
    let slot = net.slot(net.place(&attachment).unwrap()).unwrap();
    net.attach(&slot, EnvironmentId(vpc), &attachment).unwrap();
    slot
}

fn ear(slot: &Slot) -> UdpSocket {
    let ear = namespace::enter(&slot.namespace, || UdpSocket::bind("0.0.0.0:5353")).unwrap();
    ear.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    ear
}

#[test]
fn a_peer_reaches_a_vpc_but_not_its_resolver() {
    let (net, reports) = start("peers");
    let asked: Arc<Mutex<Vec<(VpcId, Sockets)>>> = Arc::default();
    let sockets = Arc::clone(&asked);
    net.resolve_by(Box::new(move |resolving| match resolving {
        Resolving::Begins(vpc, opened) => sockets.lock().unwrap().push((vpc, opened)),
        Resolving::Ends(_) => sockets.lock().unwrap().clear(),
    }));
    for (vpc, other) in [(1, 2), (2, 1)] {
        net.command(NodeCommand::Plan(Arc::new(plan(vpc, other))));
    }
    let (one, other) = (attach(&net, 1), attach(&net, 2));
    let (here, there) = (ear(&one), ear(&other));
    let mut told = [0; 16];
    here.send_to(b"to a peer", (own(2), 5353)).unwrap();
    assert_eq!(there.recv_from(&mut told).unwrap(), (9, (own(1), 5353).into()));
    here.send_to(b"of a peer", (resolver(2), 53)).unwrap();
    there.send_to(b"its own", (resolver(2), 53)).unwrap();
    let all = asked.lock().unwrap();
    let (_, sockets) = all.iter().find(|(vpc, _)| *vpc == VpcId(2)).expect("it has a resolver");
    let at = &sockets.udp[0];
    at.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    assert_eq!(at.recv_from(&mut told).unwrap(), (7, (own(2), 5353).into()));
    at.set_nonblocking(true).unwrap();
    assert_eq!(at.recv(&mut told).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    drop(all);
    let dropped = loop {
        match reports.recv_timeout(Duration::from_secs(5)).expect("the drop is told") {
            NodeReport::Dropped(dropped) => break dropped,
            NodeReport::PlanInForce { .. } => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((dropped.vpc, dropped.reason), (Some(VpcId(2)), DropReason::NoOwner));
    assert_eq!((dropped.eni, dropped.source), (Some(EniId(1)), own(1).into()));
    for slot in [&one, &other] {
        net.release(slot);
    }
    for vpc in [1, 2] {
        net.command(NodeCommand::DeleteVpc(VpcId(vpc)));
    }
}
