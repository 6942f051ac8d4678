//! The outside of functions without a VPC, on a host of its own: a network namespace with a device
//! to somewhere, so that nothing of this machine's own network is touched.

mod internet;

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddrV4, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::cidr::Cidr;
use engine::id::EnvironmentId;
use engine::node::{Attachment, NodeReport};
use engine::plan::DropReason;
use internet::{CARRIERS, Host, INTERNET, NEIGHBOUR, OWN, PRIVATE, reaches};
use node::agent::{Network, Place, Slot};
use node::net::{ENDPOINT, Net, namespace};

fn name_of(name: &str) -> String {
    format!("test-outside-{name}-{}", std::process::id())
}

/// A function without a VPC.
fn furnish(net: &Net) -> Slot {
    let slot = net.slot(Place::Outside).unwrap();
    net.attach(&slot, EnvironmentId(1), &Attachment::Outside).unwrap();
    slot
}

/// Servers on a host.
trait Serves {
    fn serve(&self, name: &str, allowed: &[&str]) -> (Net, Slot);
    fn serve_and_tell(
        &self,
        name: &str,
        allowed: &[&str],
        report: impl Fn(NodeReport) + Send + Sync + 'static,
    ) -> (Net, Slot);
}

impl Serves for Host {
    /// A server, with one function without a VPC.
    fn serve(&self, name: &str, allowed: &[&str]) -> (Net, Slot) {
        self.serve_and_tell(name, allowed, |_| {})
    }

    fn serve_and_tell(
        &self,
        name: &str,
        allowed: &[&str],
        report: impl Fn(NodeReport) + Send + Sync + 'static,
    ) -> (Net, Slot) {
        let allowed = allowed.iter().map(|block| block.parse::<Cidr>().unwrap()).collect();
        self.within(|| {
            let net = Net::start(&name_of(name), allowed, Arc::new(report)).unwrap();
            let slot = furnish(&net);
            (net, slot)
        })
    }
}

#[test]
fn the_outside_is_the_internet_and_what_is_allowed() {
    let host = Host::new();
    let (sender, dropped) = channel();
    let sender = Mutex::new(sender);
    let (net, slot) = host.serve_and_tell("reach", &[], move |report| {
        drop(sender.lock().unwrap().send(report));
    });
    assert!(reaches(&slot, INTERNET));
    for address in [PRIVATE, CARRIERS, NEIGHBOUR] {
        assert!(!reaches(&slot, address), "{address}");
        let NodeReport::Dropped(drop) = dropped.recv().unwrap() else { panic!("it is told") };
        assert_eq!((drop.reason, drop.vpc), (DropReason::Private, None));
        assert_eq!(
            (drop.environment, drop.destination.ip()),
            (Some(EnvironmentId(1)), address.into())
        );
    }
    assert!(!reaches(&slot, OWN), "the host itself");
    let line =
        namespace::enter(&slot.namespace, || fs::read_to_string("/proc/thread-self/net/if_inet6"));
    assert!(!line.unwrap().contains("eth0"), "no link of it speaks IPv6");
    host.within(|| net.end());
    let (net, slot) = host.serve("reach", &["10.77.0.0/24", "192.0.2.9/32"]);
    for address in [INTERNET, PRIVATE, NEIGHBOUR] {
        assert!(reaches(&slot, address), "{address}");
    }
    assert!(!reaches(&slot, CARRIERS));
    assert!(!reaches(&slot, OWN), "one of its neighbours is not the host");
    host.within(|| net.end());
    let (net, slot) = host.serve("reach", &["192.0.2.1/32"]);
    assert!(reaches(&slot, OWN), "as where --endpoint-url tells functions to ask it");
    assert!(reaches(&slot, INTERNET) && !reaches(&slot, NEIGHBOUR));
    host.within(|| net.end());
}

#[test]
fn functions_are_served_at_their_router_alone() {
    let host = Host::new();
    let (net, slots) = host.within(|| {
        let net = Net::start(&name_of("endpoint"), Vec::new(), Arc::new(|_| {})).unwrap();
        net.serve_functions(Box::new(|place: TcpListener| {
            std::thread::spawn(move || place.incoming().for_each(drop));
        }));
        let slots = [furnish(&net), furnish(&net)];
        (net, slots)
    });
    let asks = |slot: &Slot, to: SocketAddrV4| {
        namespace::enter(&slot.namespace, || {
            TcpStream::connect_timeout(&to.into(), Duration::from_millis(300)).map(drop)
        })
    };
    for slot in &slots {
        asks(slot, ENDPOINT).unwrap();
        let beside = SocketAddrV4::new(*ENDPOINT.ip(), ENDPOINT.port() + 1);
        let error = asks(slot, beside).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::TimedOut, "no other port of the router");
        assert!(reaches(slot, INTERNET));
    }
    // The host has no such address, and its network none of the router's.
    host.within(|| {
        for at in [*ENDPOINT.ip(), OWN] {
            let to = SocketAddrV4::new(at, ENDPOINT.port());
            assert!(
                TcpStream::connect_timeout(&to.into(), Duration::from_millis(300)).is_err(),
                "{at}"
            );
        }
        net.end();
    });
}

#[test]
fn the_last_of_several_servers_puts_the_host_back() {
    let host = Host::new();
    assert_eq!(host.forwarding(), "0");
    let (first, slot) = host.serve("first", &[]);
    let (second, other) = host.serve("second", &[]);
    assert!(reaches(&slot, INTERNET) && reaches(&other, INTERNET));
    host.within(|| first.end());
    assert!(reaches(&other, INTERNET), "the second goes on");
    host.within(|| second.end());
    assert_eq!(host.forwarding(), "0");
}

/// The server that is killed; run by the test below in a process of its own.
#[test]
#[ignore = "started by another test"]
fn a_server_to_be_killed() {
    let Ok(instance) = std::env::var("WARREN_TEST_INSTANCE") else { return };
    let net = Net::start(&instance, Vec::new(), Arc::new(|_| {})).unwrap();
    let _slot = furnish(&net);
    println!("\nit serves");
    loop {
        std::thread::park();
    }
}

#[test]
fn a_server_that_was_killed_needs_nothing_any_more() {
    let host = Host::new();
    let killed = |name: &str| {
        let mut child = host.within(|| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--ignored", "--exact", "a_server_to_be_killed", "--nocapture"])
                .env("WARREN_TEST_INSTANCE", name_of(name))
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "it serves"), "{name}");
        child.kill().unwrap();
        child.wait().unwrap();
        let _ = fs::remove_dir(format!("/run/warren/{}", name_of(name)));
    };
    // The next one puts back what it finds, and in the end as well.
    killed("killed");
    assert_eq!(host.forwarding(), "1");
    let (net, _) = host.serve("killed", &[]);
    assert_eq!(host.forwarding(), "1");
    host.within(|| net.end());
    assert_eq!(host.forwarding(), "0");
    // So does one that was there meanwhile, or comes later.
    let (other, slot) = host.serve("other", &[]);
    killed("another");
    assert!(reaches(&slot, INTERNET));
    host.within(|| other.end());
    assert_eq!(host.forwarding(), "0");
    killed("third");
    host.within(|| Net::start(&name_of("later"), Vec::new(), Arc::new(|_| {})).map(drop)).unwrap();
    assert_eq!(host.forwarding(), "0");
    // Nothing of theirs is left but the claims of those that were killed, which are none.
    for name in ["another", "third"] {
        let _ = fs::remove_file(format!("/run/warren/{}.lock", name_of(name)));
    }
}
