//! Plans: what comes of one whose rules are in force when something around them cannot be done.

mod packets;

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::{
    AclId, EniId, EnvironmentId, Generation, GroupId, RouteTableId, RuleId, SubnetId,
    VpcEndpointId, VpcId,
};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, GroupPlan, Holder, RoutePlan, RouteTablePlan, RouteTarget,
    RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::Network;
use node::net::{Heard, namespace};
use packets::{start, until_in_force};

const VPC: VpcId = VpcId(1);
const GROUP: GroupId = GroupId(1);
const ACL: AclId = AclId(1);
const TABLE: RouteTableId = RouteTableId(1);
/// Where a router is for those behind it.
const ROUTER: Ipv4Addr = Ipv4Addr::new(169, 254, 1, 1);

/// A plan with a network ACL that denies a port, and a route to a gateway endpoint, if it has one.
fn plan(generation: u64, denied: u16, endpoint: Option<&str>) -> Arc<VpcPlan> {
    let peer = Peer::Cidr(Cidr::ANYWHERE);
    let everything = RulePlan { rule: RuleId(1), protocol: Protocol::All, peer };
    let group =
        GroupPlan { group: GROUP, vpc: VPC, ingress: vec![everything], egress: vec![everything] };
    let block = AclBlock::V4(Cidr::ANYWHERE);
    let ports = Protocol::Tcp(Ports { first: denied, last: denied });
    let rule = |number, allows, protocol| AclRulePlan { number, allows, protocol, block };
    let rules = vec![rule(1, false, ports), rule(2, true, Protocol::All)];
    let acl = AclPlan { acl: ACL, ingress: rules.clone(), egress: rules };
    let target = RouteTarget::Endpoint(VpcEndpointId(1));
    let route = |text: &str| RoutePlan { destination: text.parse().unwrap(), target };
    let routes = endpoint.into_iter().map(route).collect();
    let cidr = "10.0.1.0/24".parse().unwrap();
    let plan = VpcPlan {
        generation: Generation(generation),
        groups: [(GROUP, group.into())].into(),
        acls: [(ACL, acl.into())].into(),
        tables: [(TABLE, Arc::new(RouteTablePlan { routes6: Vec::new(), table: TABLE, routes }))]
            .into(),
        subnets: vec![SubnetPlan {
            subnet: SubnetId(1),
            cidr,
            table: TABLE,
            acl: ACL,
            cidr6: None,
        }],
        ..VpcPlan::empty(VPC, vec!["10.0.0.0/16".parse().unwrap()])
    };
    Arc::new(plan)
}

#[test]
fn a_plan_that_is_in_force_in_part_is_so_in_whole_when_it_is_tried_again() {
    let (net, reports) = start("plans");
    let (heard, hears) = channel::<Heard>();
    net.serve_services(Box::new(move |each| drop(heard.send(each))));
    let put = |plan: &Arc<VpcPlan>| net.command(NodeCommand::Plan(Arc::clone(plan)));
    let in_force = |generation| until_in_force(&reports, &[(VPC, Generation(generation))]);
    put(&plan(1, 1, None));
    let own = EniPlan {
        addresses6: Vec::new(),
        eni: EniId(1),
        vpc: VPC,
        subnet: SubnetId(1),
        gateway: Ipv4Addr::new(10, 0, 1, 1),
        address: Ipv4Addr::new(10, 0, 1, 10),
        mac: [2, 0, 0, 0, 6, 1],
        groups: [GROUP].into(),
        holder: Holder::Environment,
    };
    let attachment = Attachment::Classic(own);
    let slot = net.slot(net.place(&attachment).unwrap()).unwrap();
    net.attach(&slot, EnvironmentId(1), &attachment).unwrap();
    in_force(1);
    let connects = |port| {
        let to = SocketAddr::from(([203, 0, 113, 5], port));
        let wait = Duration::from_millis(500);
        namespace::enter(&slot.namespace, || TcpStream::connect_timeout(&to, wait)).is_ok()
    };
    assert!(!connects(443));

    // Somebody is where the services are to be asked for.
    let path = format!("/run/warren/plans-{}/{VPC}", std::process::id());
    let router: OwnedFd = std::fs::File::open(path).unwrap().into();
    let taken = namespace::enter(&router, || TcpListener::bind((ROUTER, 443))).unwrap();
    let second = plan(2, 2, Some("203.0.113.0/24"));
    put(&second);
    let fails = || loop {
        match reports.recv_timeout(Duration::from_secs(5)).unwrap() {
            NodeReport::PlanFailed { generation, .. } => return generation,
            NodeReport::Dropped(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(fails(), Generation(2));
    put(&second);
    assert_eq!(fails(), Generation(2));
    drop(taken);
    put(&second);
    in_force(2);
    let listening: Vec<Heard> = hears.try_iter().collect();
    assert!(listening.iter().any(|each| each.is_tls));
    assert!(connects(443) && connects(80));
    // What is next follows what is in force.
    put(&plan(3, 443, Some("203.0.113.0/24")));
    in_force(3);
    assert!(!connects(443) && connects(80));
    put(&plan(4, 443, None));
    in_force(4);
    assert!(!connects(80));
    net.release(&slot);
    net.command(NodeCommand::DeleteVpc(VPC));
}
