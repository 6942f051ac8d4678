//! Flows as a router counts them: of each packet that is sent none is lost and none is told twice, however many
//! flows there are; and what finds no room is told as such.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::flow::{Counted, Flow, FlowKey};
use engine::id::{AclId, EniId, EnvironmentId, GroupId, RouteTableId, RuleId, SubnetId, VpcId};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{
    AclPlan, AclRulePlan, EniPlan, GroupPlan, Holder, RulePlan, SubnetPlan, VpcPlan,
};
use engine::record::group::{Peer, Ports, Protocol};
use engine::record::network_acl::AclBlock;
use node::agent::{Network, Place, Slot};
use node::net::{Net, namespace};

const VPC: VpcId = VpcId(1);
const GROUP: GroupId = GroupId(1);
const SUBNET: SubnetId = SubnetId(1);

struct World {
    net: Net,
    plan: VpcPlan,
    reports: Receiver<NodeReport>,
    counted: Receiver<Counted>,
}

/// An address of an ENI.
fn at6(number: u64) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 2, 0, 0x100, 0, 0, 0, 10 + number as u16)
}

fn cidr(text: &str) -> Cidr {
    text.parse().unwrap()
}

impl World {
    fn new(name: &str) -> World {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let report = move |report| drop(sender.lock().unwrap().send(report));
        let instance = format!("flows-{}-{name}", std::process::id());
        let net =
            Net::start(&instance, Vec::new(), Arc::new(report)).expect("tests are run as root");
        let (sender, counted) = channel();
        let sender = Mutex::new(sender);
        net.tell_flows(Box::new(move |counted| drop(sender.lock().unwrap().send(counted))));
        let open =
            RulePlan { rule: RuleId(1), protocol: Protocol::All, peer: Peer::Cidr(Cidr::ANYWHERE) };
        let peer = Peer::Cidr6(Cidr6::ANYWHERE);
        let open6 = RulePlan { rule: RuleId(2), protocol: Protocol::All, peer };
        let low = Protocol::Udp(Ports { first: 1, last: 100 });
        let ingress = vec![open, RulePlan { rule: RuleId(3), protocol: low, peer }];
        let group = GroupPlan { group: GROUP, vpc: VPC, ingress, egress: vec![open, open6] };
        let everything = AclRulePlan {
            number: 100,
            allows: true,
            protocol: Protocol::All,
            block: AclBlock::V4(Cidr::ANYWHERE),
        };
        let block = AclBlock::V6(Cidr6::ANYWHERE);
        let both = vec![everything, AclRulePlan { number: 101, block, ..everything }];
        let acl = AclPlan { acl: AclId(1), ingress: both.clone(), egress: both };
        let subnet = SubnetPlan {
            cidr6: Cidr6::containing(at6(0), 64),
            subnet: SUBNET,
            cidr: cidr("10.0.1.0/24"),
            table: RouteTableId(1),
            acl: AclId(1),
        };
        let plan = VpcPlan {
            cidrs6: Cidr6::containing(at6(0), 56).into_iter().collect(),
            subnets: vec![subnet],
            groups: [(GROUP, group.into())].into(),
            acls: [(AclId(1), acl.into())].into(),
            ..VpcPlan::empty(VPC, vec![cidr("10.0.0.0/16")])
        };
        let mut world = World { net, plan, reports, counted };
        world.put(false);
        world
    }

    /// Has flows be counted or not, in force when this returns.
    fn put(&mut self, is_metered: bool) {
        self.plan.is_metered = is_metered;
        self.plan.generation.0 += 1;
        self.net.command(NodeCommand::Plan(Arc::new(self.plan.clone())));
        let in_force = NodeReport::PlanInForce { vpc: VPC, generation: self.plan.generation };
        loop {
            match self.reports.recv_timeout(Duration::from_secs(5)).expect("a report comes") {
                NodeReport::Dropped(_) | NodeReport::EniReady(_) => {}
                other => return assert_eq!(other, in_force),
            }
        }
    }

    fn eni(number: u64, holder: Holder) -> EniPlan {
        EniPlan {
            addresses6: vec![at6(number)],
            eni: EniId(number),
            vpc: VPC,
            subnet: SUBNET,
            gateway: Ipv4Addr::new(10, 0, 1, 1),
            address: Ipv4Addr::new(10, 0, 1, 10 + number as u8),
            mac: [2, 0, 0, 0, 2, number as u8],
            groups: [GROUP].into(),
            holder,
        }
    }

    fn classic(&self, number: u64) -> Slot {
        let slot = self.net.slot(Place::Vpc(VPC)).unwrap();
        let attachment = Attachment::Classic(World::eni(number, Holder::Environment));
        self.net.attach(&slot, EnvironmentId(number), &attachment).unwrap();
        slot
    }

    fn behind(&self, number: u64) -> Slot {
        let attachment = Attachment::Hyperplane(EniId(number));
        self.net.command(NodeCommand::PutEni(World::eni(number, Holder::Shared)));
        let slot = self.net.slot(self.net.place(&attachment).unwrap()).unwrap();
        self.net.attach(&slot, EnvironmentId(number), &attachment).unwrap();
        slot
    }

    /// Adds what is told to what was, until that is enough; fails where it does not come to be.
    fn told(&self, all: &mut Told, is_enough: impl Fn(&Told) -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        while !is_enough(all) {
            let left = end.saturating_duration_since(Instant::now());
            let counted = self.counted.recv_timeout(left).expect("it is told");
            assert_eq!(counted.vpc, VPC);
            for flow in counted.flows {
                let known = all.flows.entry((flow.eni, flow.key));
                known.and_modify(|known| known.add(&flow)).or_insert(flow);
            }
            all.skipped.extend(counted.skipped.iter().map(|(eni, _)| *eni));
        }
    }
}

#[derive(Default)]
struct Told {
    flows: BTreeMap<(EniId, FlowKey), Flow>,
    skipped: Vec<EniId>,
}

impl Told {
    fn packets(&self, eni: u64, is_egress: bool) -> u64 {
        let of_eni = self.flows.values().filter(|flow| flow.eni == EniId(eni));
        of_eni.filter(|flow| flow.key.is_egress == is_egress).map(|flow| flow.packets).sum()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.net.command(NodeCommand::DeleteVpc(VPC));
        self.net.end();
    }
}

fn socket(at: &OwnedFd, port: u16) -> UdpSocket {
    namespace::enter(at, || UdpSocket::bind(("0.0.0.0", port))).unwrap()
}

#[test]
fn each_packet_is_counted_once_at_each_of_its_enis() {
    for is_shared in [false, true] {
        let mut world = World::new(if is_shared { "shared" } else { "classic" });
        let other = world.classic(2);
        let sender = if is_shared { world.behind(1) } else { world.classic(1) };
        let (from, to) = (socket(&sender.namespace, 5000), socket(&other.namespace, 53));
        let send = |number: usize, size: usize| {
            for _ in 0..number {
                from.send_to(&vec![0; size], "10.0.1.12:53").unwrap();
                let mut buffer = vec![0; size];
                let (_, back) = to.recv_from(&mut buffer).unwrap();
                assert_eq!(back.to_string(), "10.0.1.11:5000");
                to.send_to(&buffer, back).unwrap();
                from.recv_from(&mut buffer).unwrap();
            }
        };
        send(3, 10);
        world.put(true);
        send(5, 100);
        let mut told = Told::default();
        world.told(&mut told, |told| told.packets(1, false) == 5);
        let seen: Vec<(u64, bool, bool, u64, u64)> = told
            .flows
            .values()
            .map(|flow| {
                let FlowKey { is_egress, is_accepted, .. } = flow.key;
                (flow.eni.0, is_egress, is_accepted, flow.packets, flow.bytes)
            })
            .collect();
        let all = [(1, false), (1, true), (2, false), (2, true)];
        assert_eq!(seen, all.map(|(eni, is_egress)| (eni, is_egress, true, 5, 5 * 128)));
        for flow in told.flows.values() {
            assert!(flow.first <= flow.last && (flow.flags, flow.key.protocol) == (0, 17));
            let mut ports = flow.key.ports;
            ports.sort_unstable();
            assert_eq!(ports, [53, 5000]);
        }
        // What was sent before nobody wants to know any more is told, and nothing after.
        send(2, 100);
        world.put(false);
        send(4, 100);
        world.told(&mut told, |told| told.packets(2, true) >= 7);
        assert_eq!(told.packets(1, true), 7);
        world.put(true);
        send(1, 100);
        world.told(&mut told, |told| told.packets(1, false) >= 8);
        assert_eq!(told.packets(1, true), 8);
    }
}

#[test]
fn by_ipv6_what_passes_is_counted_and_what_is_refused() {
    for is_shared in [false, true] {
        let mut world = World::new(if is_shared { "shared6" } else { "classic6" });
        world.put(true);
        let other = world.classic(2);
        let sender = if is_shared { world.behind(1) } else { world.classic(1) };
        let bound = |slot: &Slot, port: u16| {
            namespace::enter(&slot.namespace, || UdpSocket::bind(("::", port))).unwrap()
        };
        let (from, to) = (bound(&sender, 5000), bound(&other, 53));
        let send = |number: usize| {
            for _ in 0..number {
                from.send_to(&[0; 100], (at6(2), 53)).unwrap();
                let mut buffer = [0; 100];
                let (_, back) = to.recv_from(&mut buffer).unwrap();
                assert_eq!(back, (at6(1), 5000).into());
                to.send_to(&buffer, back).unwrap();
                from.recv_from(&mut buffer).unwrap();
            }
        };
        send(5);
        for _ in 0..2 {
            from.send_to(&[0; 100], (at6(2), 999)).unwrap();
            if is_shared {
                // It takes no connections.
                to.send_to(&[0; 100], (at6(1), 77)).unwrap();
            }
        }
        let mut told = Told::default();
        let refused = |told: &Told, eni: u64| -> u64 {
            let of = |flow: &&Flow| flow.eni == EniId(eni) && !flow.key.is_accepted;
            told.flows.values().filter(of).map(|flow| flow.packets).sum()
        };
        let at_sender = if is_shared { 2 } else { 0 };
        world.told(&mut told, |told| {
            told.packets(1, true) == 7 && refused(told, 2) == 2 && refused(told, 1) == at_sender
        });
        let mut seen: Vec<(u64, bool, bool, [u16; 2], u64, u64)> = Vec::new();
        for flow in told.flows.values() {
            let FlowKey { is_egress, is_accepted, ends, packet_ends, ports, .. } = flow.key;
            assert_eq!(ends, packet_ends);
            let mut both = ends;
            both.sort_unstable();
            assert_eq!(both, [1, 2].map(|number| IpAddr::from(at6(number))));
            let of = (flow.eni.0, is_egress, is_accepted, ports, flow.packets, flow.bytes);
            seen.push(of);
        }
        seen.sort_unstable();
        let mut wanted = vec![
            (1, false, true, [53, 5000], 5, 5 * 148),
            (1, true, true, [5000, 53], 5, 5 * 148),
            (1, true, true, [5000, 999], 2, 2 * 148),
            (2, false, false, [5000, 999], 2, 2 * 148),
            (2, false, true, [5000, 53], 5, 5 * 148),
            (2, true, true, [53, 5000], 5, 5 * 148),
        ];
        if is_shared {
            wanted.push((1, false, false, [53, 77], 2, 2 * 148));
            wanted.push((2, true, true, [53, 77], 2, 2 * 148));
        }
        wanted.sort_unstable();
        assert_eq!(seen, wanted);
        world.put(false);
        send(1);
        world.put(true);
        send(1);
        world.told(&mut told, |told| told.packets(2, true) >= 6 + at_sender);
        assert_eq!(told.packets(2, true), 6 + at_sender);
    }
}

/// More flows than a set is to have before the other one has its turn, again and again.
#[test]
fn none_is_lost_and_none_is_told_twice_while_sets_take_turns() {
    let mut world = World::new("many");
    world.put(true);
    let _other = world.classic(2);
    let sender = world.classic(1);
    let from = socket(&sender.namespace, 5000);
    let (mut told, mut sent) = (Told::default(), 0);
    for _ in 0..3 {
        // Nobody listens, and nobody answers.
        for port in 20_000..29_000u16 {
            from.send_to(b"x", ("10.0.1.12", port)).unwrap();
            from.send_to(b"x", ("10.0.1.12", 53)).unwrap();
            sent += 2;
        }
        world.told(&mut told, |told| told.packets(1, true) >= sent);
        assert_eq!(told.packets(1, true), sent);
    }
    assert_eq!(told.skipped, [], "there is room for so many");
}
