//! Flows of a router that is read when a test says so.

use std::net::{Ipv4Addr, UdpSocket};
use std::os::fd::OwnedFd;
use std::sync::Arc;

use engine::cidr::Cidr;
use engine::flow::Counted;
use engine::id::{EniId, EnvironmentId, GroupId, RuleId, SubnetId, VpcId};
use engine::plan::{EniPlan, GroupPlan, Holder, RulePlan, VpcPlan};
use engine::record::group::{Peer, Protocol};

use super::flow_rules::ROOM;
use super::namespace;
use super::router::Router;

const VPC: VpcId = VpcId(1);
const GROUP: GroupId = GroupId(1);

fn plan(is_metered: bool) -> VpcPlan {
    let peer = Peer::Cidr(Cidr::ANYWHERE);
    let open = RulePlan { rule: RuleId(1), protocol: Protocol::All, peer };
    let group = GroupPlan { group: GROUP, vpc: VPC, ingress: vec![open], egress: vec![open] };
    VpcPlan {
        groups: [(GROUP, Arc::new(group))].into(),
        is_metered,
        ..VpcPlan::empty(VPC, vec!["10.0.0.0/16".parse().expect("a block")])
    }
}

fn attach(router: &mut Router, number: u8) -> OwnedFd {
    let (namespace, socket) = namespace::make_slot(false).expect("tests are run as root");
    let eni = EniPlan {
        addresses6: Vec::new(),
        eni: EniId(u64::from(number)),
        vpc: VPC,
        subnet: SubnetId(1),
        gateway: Ipv4Addr::new(10, 0, 1, 1),
        address: Ipv4Addr::new(10, 0, 1, number),
        mac: [2, 0, 0, 0, 2, number],
        groups: [GROUP].into(),
        holder: Holder::Environment,
    };
    let environment = EnvironmentId(u64::from(number));
    router.add_own_port(&namespace, (socket, false), environment, &eni).expect("attached");
    namespace
}

fn socket(at: &OwnedFd, port: u16) -> UdpSocket {
    namespace::enter(at, || UdpSocket::bind(("0.0.0.0", port))).expect("bound")
}

fn read(router: &mut Router) -> (u64, Counted) {
    router.measure();
    let counted = router.untold.tell(VPC);
    let own = counted.flows.iter().filter(|flow| flow.eni == EniId(10) && flow.key.is_egress);
    (own.map(|flow| flow.packets).sum(), counted)
}

#[test]
fn what_finds_no_room_is_told_and_it_goes_on_once_there_is_some() {
    let mut router = Router::open(None).expect("tests are run as root");
    router.begin(&plan(true)).expect("in force");
    let own = attach(&mut router, 10);
    let _other = attach(&mut router, 11);
    let from = [socket(&own, 5000), socket(&own, 5001)];
    let (all, room) = (2 * 40_000, ROOM as u64);
    for port in 20_000..60_000u16 {
        // Nobody has the one, and at the other nobody listens.
        from[0].send_to(b"x", ("10.0.1.12", port)).expect("sent");
        from[1].send_to(b"x", ("10.0.1.11", port)).expect("sent");
    }
    let (packets, counted) = read(&mut router);
    let skipped: Vec<EniId> = counted.skipped.iter().map(|(eni, _)| *eni).collect();
    assert!(skipped.contains(&EniId(10)), "{skipped:?}");
    assert!(packets < all && packets <= room, "{packets}");
    // The other set has its turn.
    from[0].send_to(b"last", "10.0.1.11:999").expect("sent");
    let (packets, counted) = read(&mut router);
    assert_eq!((packets, counted.skipped), (1, vec![]));
    let last = counted.flows.iter().find(|flow| flow.eni == EniId(10) && flow.key.is_egress);
    let last = last.expect("it was counted");
    assert_eq!((last.bytes, last.first), (32, last.last), "it was alone");
}

#[test]
fn an_eni_that_goes_is_told_of_what_it_sent() {
    let mut router = Router::open(None).expect("tests are run as root");
    router.begin(&plan(true)).expect("in force");
    let own = attach(&mut router, 10);
    socket(&own, 5000).send_to(b"x", "10.0.1.11:53").expect("sent");
    router.delete_eni(EniId(10)).expect("deleted");
    let counted = router.untold.tell(VPC);
    assert_eq!(counted.flows.len(), 1);
    assert_eq!((counted.flows[0].eni, counted.flows[0].packets), (EniId(10), 1));
    assert_eq!(read(&mut router).0, 0);
}

#[test]
fn rules_for_flows_come_and_go_with_flow_logs() {
    let mut router = Router::open(None).expect("tests are run as root");
    router.begin(&plan(false)).expect("in force");
    let own = attach(&mut router, 10);
    let from = socket(&own, 5000);
    assert!(router.meter.is_none());
    for number in 0..3 {
        from.send_to(b"x", "10.0.1.11:53").expect("sent");
        router.change(&plan(false), &plan(true)).expect("in force");
        from.send_to(b"x", "10.0.1.11:53").expect("sent");
        from.send_to(b"x", "10.0.1.11:53").expect("sent");
        // What was counted until then is told.
        router.change(&plan(true), &plan(false)).expect("in force");
        assert!(router.meter.is_none());
        assert_eq!(router.untold.tell(VPC).flows[0].packets, 2, "in round {number}");
    }
}
