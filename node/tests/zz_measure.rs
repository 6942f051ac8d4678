//! Measured by hand.
use std::sync::{Arc, Mutex};
use std::sync::mpsc::channel;
use std::net::Ipv4Addr;
use std::time::Instant;
use engine::cidr::Cidr;
use engine::id::*;
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::*;
use engine::record::group::{Peer, Protocol};
use node::agent::Network;
use node::net::Net;

const ACL: AclId = AclId(1);
use engine::record::network_acl::AclBlock;

/// A network ACL that lets everything through.
fn open_acl() -> (AclId, Arc<AclPlan>) {
    let block = AclBlock::V4(Cidr::ANYWHERE);
    let rule = AclRulePlan { number: 100, allows: true, protocol: Protocol::All, block };
    (ACL, Arc::new(AclPlan { acl: ACL, ingress: vec![rule], egress: vec![rule] }))
}
#[test]
fn measure() {
    for many in [false, true] {
        let (sender, reports) = channel();
        let sender = Mutex::new(sender);
        let name = format!("measure-{}-{many}", std::process::id());
        let net = Net::start(&name, Vec::new(), Arc::new(move |r| drop(sender.lock().unwrap().send(r)))).unwrap();
        let vpc = VpcId(1);
        let mut plan = VpcPlan::empty(vpc, vec!["10.0.0.0/16".parse().unwrap()]);
        let rule = RulePlan { rule: RuleId(1), protocol: Protocol::All, peer: Peer::Cidr(Cidr::ANYWHERE) };
        let group = GroupPlan { group: GroupId(1), vpc, ingress: vec![rule], egress: vec![rule] };
        plan.groups.insert(GroupId(1), Arc::new(group));
        plan.acls = [open_acl()].into();
        plan.gateway = Some(InternetGatewayId(1));
        let table = |id: u64, more: u64| {
            let mut routes = vec![RoutePlan { destination: "10.0.0.0/16".parse().unwrap(), target: RouteTarget::Local }];
            for n in 0..more {
                let destination = Cidr::containing(Ipv4Addr::new(20, n as u8, id as u8, 0), 24).unwrap();
                let target = if n % 2 == 0 { RouteTarget::InternetGateway(InternetGatewayId(1)) } else { RouteTarget::Blackhole };
                routes.push(RoutePlan { destination, target });
            }
            Arc::new(RouteTablePlan { table: RouteTableId(id), routes })
        };
        for id in 1..=200u64 {
            let cidr = Cidr::containing(Ipv4Addr::new(10, 0, id as u8, 0), 24).unwrap();
            plan.subnets.push(SubnetPlan { subnet: SubnetId(id), cidr, table: RouteTableId(id), acl: ACL });
            plan.tables.insert(RouteTableId(id), table(id, if many { 5 } else { 0 }));
        }
        let put = |plan: &mut VpcPlan| {
            plan.generation.0 += 1;
            let began = Instant::now();
            net.command(NodeCommand::Plan(Arc::new(plan.clone())));
            let took = began.elapsed();
            loop {
                match reports.recv().unwrap() {
                    NodeReport::PlanInForce { .. } => break,
                    NodeReport::PlanFailed { failure, .. } => panic!("{failure:?}"),
                    _ => {}
                }
            }
            took
        };
        put(&mut plan);
        let eni = |id: u64, subnet: u64, holder| EniPlan {
            eni: EniId(id), vpc, subnet: SubnetId(subnet), gateway: Ipv4Addr::new(10, 0, subnet as u8, 1),
            address: Ipv4Addr::new(10, 0, subnet as u8, 4 + (id % 200) as u8), mac: [2, 0, 0, 1, (id >> 8) as u8, id as u8],
            groups: [GroupId(1)].into(), holder,
        };
        for id in 1..=200u64 {
            net.command(NodeCommand::PutEni(eni(10_000 + id, id, Holder::Shared)));
        }
        let mut classic = Vec::new();
        let mut shared = Vec::new();
        let mut kept = Vec::new();
        for n in 0..300u64 {
            let plan = eni(1 + n, 1 + n % 100, Holder::Environment);
            let a = Attachment::Classic(plan);
            let slot = net.slot(net.place(&a).unwrap()).unwrap();
            let began = Instant::now();
            net.attach(&slot, EnvironmentId(n), &a).unwrap();
            classic.push(began.elapsed());
            kept.push(slot);
            let a = Attachment::Hyperplane(EniId(10_001 + n % 200));
            let slot = net.slot(net.place(&a).unwrap()).unwrap();
            let began = Instant::now();
            net.attach(&slot, EnvironmentId(1000 + n), &a).unwrap();
            shared.push(began.elapsed());
            kept.push(slot);
        }
        classic.sort(); shared.sort();
        let mut changes = Vec::new();
        for n in 0..100 {
            plan.tables.insert(RouteTableId(7), table(7, if many { 5 + n % 2 } else { n % 2 }));
            changes.push(put(&mut plan));
        }
        changes.sort();
        let mut large = Vec::new();
        for n in 0..20 {
            let mut routes = (*table(9, 0)).clone();
            for at in 0..(499 + n % 2) as u32 {
                let destination = Cidr::containing(Ipv4Addr::from(0x1e00_0000 + at * 256), 24).unwrap();
                routes.routes.push(RoutePlan { destination, target: RouteTarget::Blackhole });
            }
            plan.tables.insert(RouteTableId(9), Arc::new(routes));
            large.push(put(&mut plan));
        }
        large.sort();
        println!("many {many}: classic p50 {:?} p10 {:?}, shared p50 {:?} p10 {:?}, change p50 {:?} min {:?}, of a table of 500 p50 {:?} min {:?}",
            classic[150], classic[30], shared[150], shared[30], changes[50], changes[0], large[10], large[0]);
        for slot in &kept { net.release(slot); }
        net.command(NodeCommand::DeleteVpc(vpc));
        net.end();
    }
}
