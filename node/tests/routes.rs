//! Routes with real packets: internet gateways, public addresses and NAT gateways, on a host of its own
//! whose default route leads to what plays the internet.

mod internet;
mod teaching;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::id::{AclId, EnvironmentId, ResourceId};
use engine::node::{Attachment, NodeCommand, NodeReport};
use engine::plan::{AclPlan, AclRule, AclRulePlan, DropReason, EniPlan, Holder, RouteTarget};
use engine::record::group::{Ports, Protocol};
use engine::record::network_acl::AclBlock;
use internet::{INTERNET, NEIGHBOUR, PRIVATE};
use node::agent::Network;
use node::net::{Net, namespace};
use teaching::*;

#[test]
fn a_private_subnet_reaches_the_internet_by_nat_and_a_public_one_by_public_addresses_alone() {
    let mut world = World::new("example");
    let (private, classic) = world.classic(PRIVATELY);
    let (_, shared) = world.shared(PRIVATELY);
    assert!(reaches(&classic, INTERNET), "an ENI of its own");
    assert!(reaches(&shared, INTERNET), "a shared ENI");
    // What is near the host is no part of the internet, by whatever way.
    for near in [PRIVATE, NEIGHBOUR] {
        assert!(!reaches(&classic, near), "{near}");
        let drop = world.dropped(DropReason::Private);
        assert_eq!((drop.eni, drop.destination.ip()), (Some(private.eni), near.into()));
    }
    let (web, function) = world.classic(PUBLIC);
    assert!(!reaches(&function, INTERNET), "it has no public address");
    let drop = world.dropped(DropReason::NoPublicAddress);
    assert_eq!((drop.eni, drop.vpc), (Some(web.eni), Some(VPC)));
    assert_eq!(drop.environment, Some(EnvironmentId(3)));
    world.publish(&web, OF_WEB);
    assert!(reaches(&function, INTERNET));
    // A shared ENI that has one passes as well, also of slots that come later.
    let (of_shared, behind) = world.shared(PUBLIC);
    assert!(!reaches(&behind, INTERNET));
    world.publish(&of_shared, Ipv4Addr::new(198, 18, 0, 3));
    let later = world.attached(&Attachment::Hyperplane(of_shared.eni), 99);
    assert!(reaches(&behind, INTERNET) && reaches(&later, INTERNET));
    world.host.within(|| world.net.release(&later));
    // Nothing of all this is seen in the VPC.
    serve(&function.namespace, 80);
    assert_eq!(ask(&classic.namespace, web.address, 80).unwrap(), private.address.to_string());
}

#[test]
fn a_public_address_answers_as_the_groups_of_its_eni_allow() {
    let mut world = World::new("inward");
    let (web, slot) = world.classic(PUBLIC);
    serve(&slot.namespace, 80);
    serve(&slot.namespace, 22);
    assert!(connect(&world.host.host, OF_WEB, 80).is_err(), "it is nobody's yet");
    world.publish(&web, OF_WEB);
    let seen = ask(&world.host.host, OF_WEB, 80).unwrap();
    assert!(seen.starts_with("100.127."), "the host by its link's address: {seen}");
    assert!(connect(&world.host.host, OF_WEB, 22).is_err());
    let drop = world.dropped(DropReason::Ingress);
    assert_eq!((drop.eni, drop.destination), (None, (web.address, 22).into()));
    // By a NAT gateway the sender has its address, and by its own public one that.
    let (_, private) = world.classic(PRIVATELY);
    assert_eq!(ask(&private.namespace, OF_WEB, 80).unwrap(), OF_NAT.to_string());
    assert_eq!(ask(&slot.namespace, OF_WEB, 80).unwrap(), OF_WEB.to_string());
    // Nothing comes in by a NAT gateway's address, nor by an ENI's that functions share.
    assert!(connect(&world.host.host, OF_NAT, 80).is_err());
    let (shared, _) = world.shared(PUBLIC);
    world.publish(&shared, Ipv4Addr::new(198, 18, 0, 3));
    assert!(connect(&world.host.host, Ipv4Addr::new(198, 18, 0, 3), 80).is_err());
    // Without a way back, nothing comes in.
    world.lead(PUBLIC, &[]);
    assert!(connect(&world.host.host, OF_WEB, 80).is_err());
    let route = world.host.within(|| std::fs::read_to_string("/proc/thread-self/net/route"));
    assert!(route.unwrap().contains("020012C6"), "the host's route is by the address alone");
}

#[test]
fn functions_without_a_vpc_reach_public_addresses() {
    let mut world = World::new("outside");
    let (web, slot) = world.classic(PUBLIC);
    serve(&slot.namespace, 80);
    world.publish(&web, OF_WEB);
    let outside = world.attached(&Attachment::Outside, 50);
    let seen = ask(&outside.namespace, OF_WEB, 80).unwrap();
    assert!(seen.starts_with("100.127."), "the router to the outside: {seen}");
    assert!(!reaches(&outside, Ipv4Addr::new(198, 18, 0, 77)), "that is nobody's");
}

#[test]
fn a_route_that_changes_changes_known_connections_too() {
    let mut world = World::new("change");
    let (_, slot) = world.classic(PRIVATELY);
    let listener = namespace::enter(&world.host.peer, || TcpListener::bind("0.0.0.0:7")).unwrap();
    let mut near = connect(&slot.namespace, INTERNET, 7).unwrap();
    let (mut far, _) = listener.accept().unwrap();
    let mut buffer = [0; 1];
    near.write_all(b"1").unwrap();
    far.read_exact(&mut buffer).unwrap();
    // Another route beside changes nothing for it.
    let nat = RouteTarget::NatGateway(NAT);
    world.lead(PRIVATELY, &[("0.0.0.0/0", nat), ("192.0.2.0/24", RouteTarget::Blackhole)]);
    near.write_all(b"2").unwrap();
    far.read_exact(&mut buffer).unwrap();
    assert!(!reaches(&slot, NEIGHBOUR));
    world.dropped(DropReason::Blackhole);
    world.lead(PRIVATELY, &[("0.0.0.0/0", RouteTarget::Blackhole)]);
    far.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    near.write_all(b"3").unwrap();
    assert!(far.read_exact(&mut buffer).is_err(), "it leads nowhere any more");
    assert!(!reaches(&slot, INTERNET));
    world.lead(PRIVATELY, &[]);
    assert!(!reaches(&slot, INTERNET));
    world.dropped(DropReason::NoRoute);
    // And back: TCP sends again what was not acknowledged.
    world.lead(PRIVATELY, &[("0.0.0.0/0", nat)]);
    assert!(reaches(&slot, INTERNET));
    // The NAT gateway goes by the routes of its own subnet.
    world.lead(PUBLIC, &[]);
    assert!(!reaches(&slot, INTERNET));
    world.dropped(DropReason::NatRoute);
    world.plan.gateway = None;
    world.plan.tables.extend([table(PUBLIC, &[("0.0.0.0/0", RouteTarget::Blackhole)])]);
    world.put();
    assert!(!reaches(&slot, INTERNET));
}

#[test]
fn a_nat_gateway_that_is_deleted_ends_what_goes_through_it() {
    let mut world = World::new("deleted");
    let (_, slot) = world.classic(PRIVATELY);
    let listener = namespace::enter(&world.host.peer, || TcpListener::bind("0.0.0.0:7")).unwrap();
    let mut near = connect(&slot.namespace, INTERNET, 7).unwrap();
    let (mut far, _) = listener.accept().unwrap();
    world.plan.nats.clear();
    world.lead(PRIVATELY, &[("0.0.0.0/0", RouteTarget::Blackhole)]);
    far.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    near.write_all(b"1").unwrap();
    assert!(far.read_exact(&mut [0]).is_err());
    assert_eq!(world.dropped(DropReason::Blackhole).environment, Some(EnvironmentId(1)));
}

#[test]
fn a_nat_gateway_has_so_many_connections_to_one_destination() {
    const MOST: usize = 55_000;
    let mut world = World::new("ports");
    let (_, slot) = world.classic(PRIVATELY);
    let peer = namespace::enter(&world.host.peer, || UdpSocket::bind("0.0.0.0:9")).unwrap();
    peer.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let going = Arc::new(AtomicBool::new(true));
    let heard = Arc::new(Mutex::new(BTreeSet::new()));
    let hearing = std::thread::spawn({
        let (going, heard) = (going.clone(), heard.clone());
        move || {
            while going.load(Ordering::Relaxed) {
                if let Ok((_, from)) = peer.recv_from(&mut [0; 8]) {
                    heard.lock().unwrap().insert(from);
                }
            }
        }
    });
    let to: SocketAddr = (IpAddr::V4(INTERNET), 9).into();
    let sending = std::thread::spawn({
        let namespace = slot.namespace.try_clone().unwrap();
        let going = going.clone();
        move || {
            // Again and again, for those that were lost on the way, and so that none is forgotten; no
            // faster than what a sender may begin.
            namespace::enter(&namespace, || {
                for port in (2_000..64_000u16).cycle() {
                    if !going.load(Ordering::Relaxed) {
                        return Ok(());
                    }
                    // Refused where it is lost for want of a port: which is what this is about.
                    let _ = UdpSocket::bind(("0.0.0.0", port))?.send_to(b"x", to);
                    if port % 64 == 0 {
                        std::thread::sleep(Duration::from_millis(10));
                    }
                }
                Ok(())
            })
        }
    });
    // It is told of those that come when all ports are taken, which is after a time.
    let begun = Instant::now();
    let drop = loop {
        match world.reports.recv_timeout(Duration::from_millis(100)) {
            Ok(NodeReport::Dropped(drop)) if drop.reason == DropReason::NatPorts => break drop,
            _ => assert!(begun.elapsed() < Duration::from_secs(120), "a drop is told"),
        }
    };
    assert_eq!((drop.destination.port(), drop.environment), (9, Some(EnvironmentId(1))));
    going.store(false, Ordering::Relaxed);
    sending.join().unwrap().unwrap();
    hearing.join().unwrap();
    let count = heard.lock().unwrap().len();
    assert!(count <= MOST, "{count} connections");
    assert!(count > MOST * 9 / 10, "{count} connections");
    assert!(reaches(&slot, INTERNET), "other destinations have ports of their own");
}

#[test]
fn a_server_that_comes_back_leads_a_resource_s_address_again() {
    let mut world = World::new("again");
    let eni = world.eni(PUBLIC, Holder::Resource);
    let put = |eni: &EniPlan| NodeCommand::PutResource {
        resource: ResourceId(1),
        eni: eni.clone(),
        ports: Vec::new(),
        serves: None,
    };
    world.command(put(&eni));
    let path = loop {
        match world.next() {
            NodeReport::ResourceReady(_, path) => break path,
            other => drop(other),
        }
    };
    let resource: OwnedFd = std::fs::File::open(path).unwrap().into();
    serve(&resource, 80);
    world.publish(&eni, OF_WEB);
    assert!(ask(&world.host.host, OF_WEB, 80).is_ok());
    // The server ends; what is in the subnet stays.
    world.host.within(|| world.net.end());
    assert!(connect(&world.host.host, OF_WEB, 80).is_err());
    let reports = channel();
    let sender = Mutex::new(reports.0);
    let instance = format!("test-routes-again-{}", std::process::id());
    let report = move |report| drop(sender.lock().unwrap().send(report));
    world.net = world.host.within(|| Net::start(&instance, Vec::new(), Arc::new(report)).unwrap());
    world.reports = reports.1;
    world.put();
    world.command(put(&eni));
    world.host.within(|| world.net.sweep());
    assert!(matches!(world.next(), NodeReport::ResourceReady(..)));
    assert!(ask(&world.host.host, OF_WEB, 80).is_ok());
    assert!(connect(&resource, INTERNET, 80).is_ok());
    world.command(NodeCommand::DeleteResource(ResourceId(1)));
}

#[test]
fn network_acls_judge_what_comes_back_from_the_internet() {
    let mut world = World::new("acl");
    let (_, classic) = world.classic(PRIVATELY);
    let (_, shared) = world.shared(PRIVATELY);
    assert!(reaches(&classic, INTERNET) && reaches(&shared, INTERNET));
    let rule = |number, allows, block: &str| {
        let block = AclBlock::V4(cidr(block));
        AclRulePlan { number, allows, protocol: Protocol::All, block }
    };
    let open = rule(100, true, "0.0.0.0/0");
    let acl = AclId(2);
    let ingress = vec![rule(90, false, &format!("{INTERNET}/32")), open];
    let plan = AclPlan { acl, ingress, egress: vec![open] };
    world.plan.acls.insert(acl, Arc::new(plan));
    world.plan.subnets[1].acl = acl;
    world.put();
    for (slot, environment) in [(&classic, 1), (&shared, 2)] {
        assert!(!reaches(slot, INTERNET));
        let rule = AclRule { acl, rule: Some(90) };
        assert!(world.dropped_of(DropReason::AclIngress(rule), environment).is_reply);
    }
}

#[test]
fn network_acls_of_a_nat_gateway_s_own_subnet_judge_what_goes_through_it() {
    let mut world = World::new("passage");
    let (private, classic) = world.classic(PRIVATELY);
    let (_, shared) = world.shared(PRIVATELY);
    let acl = AclId(2);
    let tcp = |number, block: &str, first, last| AclRulePlan {
        number,
        allows: true,
        protocol: Protocol::Tcp(Ports { first, last }),
        block: AclBlock::V4(cidr(block)),
    };
    let internet = format!("{INTERNET}/32");
    let web = tcp(10, "10.0.2.0/24", 80, 80);
    let answers = tcp(20, &internet, 1024, 65_535);
    let to_web = tcp(10, &internet, 80, 80);
    let back = tcp(20, "10.0.2.0/24", 1024, 65_535);
    // Each leaves out one of the four that a connection needs.
    let ingress = |rule| DropReason::AclIngress(AclRule { acl, rule });
    let egress = |rule| DropReason::AclEgress(AclRule { acl, rule });
    let cases = [
        (vec![answers], vec![to_web, back], Some((ingress(None), false))),
        (vec![web], vec![to_web, back], Some((ingress(None), true))),
        (vec![web, answers], vec![back], Some((egress(None), false))),
        (vec![web, answers], vec![to_web], Some((egress(None), true))),
        (vec![web, answers], vec![to_web, back], None),
    ];
    for (ingress, egress, expected) in cases {
        let plan = AclPlan { acl, ingress, egress };
        world.plan.acls.insert(acl, Arc::new(plan));
        world.plan.subnets[0].acl = acl;
        world.put();
        for (slot, environment) in [(&classic, 1), (&shared, 2)] {
            assert_eq!(reaches(slot, INTERNET), expected.is_none(), "{expected:?}");
            let Some((reason, is_reply)) = expected else { continue };
            let drop = world.dropped_of(reason, environment);
            assert_eq!(drop.is_reply, is_reply, "{drop:?}");
            if (is_reply, environment) == (false, 1) {
                assert_eq!(drop.source, private.address);
                assert_eq!(drop.destination, (INTERNET, 80).into());
            }
        }
    }
    // Known connections are judged too.
    let listener = namespace::enter(&world.host.peer, || TcpListener::bind("0.0.0.0:7")).unwrap();
    let nothing =
        AclPlan { acl, ingress: vec![tcp(10, &internet, 1024, 65_535)], egress: vec![to_web] };
    let mut seven = nothing.clone();
    seven.egress = vec![tcp(10, &internet, 7, 7)];
    seven.egress.push(back);
    seven.ingress.push(tcp(20, "10.0.2.0/24", 7, 7));
    world.plan.acls.insert(acl, Arc::new(seven));
    world.put();
    let mut near = connect(&classic.namespace, INTERNET, 7).unwrap();
    let (mut far, _) = listener.accept().unwrap();
    world.plan.acls.insert(acl, Arc::new(nothing));
    world.put();
    far.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    near.write_all(b"1").unwrap();
    assert!(far.read_exact(&mut [0]).is_err());
    assert_eq!(world.dropped(ingress(None)).environment, Some(EnvironmentId(1)));
}

/// For how many seconds a router will remember connections to a port of the internet.
fn remembered(world: &World, protocol: &str, port: u16) -> Vec<u32> {
    let path = format!("/run/warren/{}/{VPC}", world.instance);
    let router: OwnedFd = std::fs::File::open(path).unwrap().into();
    let table =
        namespace::enter(&router, || std::fs::read_to_string("/proc/thread-self/net/nf_conntrack"))
            .unwrap();
    let to = format!("dport={port} ");
    let lines = table.lines().filter(|line| line.contains(protocol) && line.contains(&to));
    lines.map(|line| line.split_whitespace().nth(4).unwrap().parse().unwrap()).collect()
}

#[test]
fn a_nat_gateway_forgets_what_is_idle_for_350_seconds() {
    const IDLE: std::ops::RangeInclusive<u32> = 330..=350;
    let mut world = World::new("idle");
    let (_, private) = world.classic(PRIVATELY);
    let (web, public) = world.classic(PUBLIC);
    world.publish(&web, OF_WEB);
    let listener = namespace::enter(&world.host.peer, || TcpListener::bind("0.0.0.0:7")).unwrap();
    let _near = connect(&private.namespace, INTERNET, 7).unwrap();
    let _far = listener.accept().unwrap();
    let [tcp] = remembered(&world, "tcp", 7)[..] else { panic!("one connection") };
    assert!(IDLE.contains(&tcp), "{tcp}");
    namespace::enter(&private.namespace, || {
        UdpSocket::bind("0.0.0.0:0")?.send_to(b"x", (INTERNET, 9)).map(drop)
    })
    .unwrap();
    let [udp] = remembered(&world, "udp", 9)[..] else { panic!("one connection") };
    assert!(IDLE.contains(&udp), "{udp}");
    // Those by an address of their own are as long as security groups know them.
    let _own = connect(&public.namespace, INTERNET, 7).unwrap();
    let _far = listener.accept().unwrap();
    let all = remembered(&world, "tcp", 7);
    assert!(all.len() == 2 && all.iter().any(|seconds| *seconds > 1000), "{all:?}");
}
