//! A host of its own for tests: a network namespace with a device to somewhere that plays the internet,
//! so that nothing of this machine's own network is touched.
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::fs;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, OwnedFd};
use std::process::Command;
use std::time::Duration;

use node::agent::Slot;
use node::net::namespace;

pub const FORWARDING: &str = "/proc/sys/net/ipv4/conf/t0/forwarding";
/// A test network's, so that it counts as the internet where it is not the host's own.
pub const INTERNET: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);
pub const PRIVATE: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 9);
pub const CARRIERS: Ipv4Addr = Ipv4Addr::new(198, 18, 77, 9);
pub const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 9);
/// The host's, where it serves as well.
pub const OWN: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

pub fn run(command: &str) {
    let words: Vec<&str> = command.split(' ').collect();
    let output = Command::new(words[0]).args(&words[1..]).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A host whose default route leads by `t0` to a peer that has every address of these tests.
pub struct Host {
    pub host: OwnedFd,
    pub peer: OwnedFd,
}

impl Host {
    pub fn new() -> Host {
        let peer = node::loopback::quiet_namespace().unwrap();
        let host = node::loopback::quiet_namespace().unwrap();
        let place = format!("/proc/{}/fd/{}", std::process::id(), peer.as_raw_fd());
        namespace::enter(&host, || {
            run("ip link add t0 type veth peer name t1");
            run(&format!("ip link set t1 netns {place}"));
            run("ip addr add 192.0.2.1/24 dev t0");
            run("ip link set t0 up");
            Ok(())
        })
        .unwrap();
        namespace::enter(&peer, || {
            for address in [INTERNET, PRIVATE, CARRIERS] {
                run(&format!("ip addr add {address}/32 dev lo"));
            }
            run("ip addr add 192.0.2.9/24 dev t1");
            run("ip link set t1 up");
            run("ip link show t1");
            let listener = TcpListener::bind("0.0.0.0:80")?;
            std::thread::spawn(move || listener.incoming().for_each(drop));
            Ok(())
        })
        .unwrap();
        namespace::enter(&host, || {
            run("ip route add default via 192.0.2.9");
            // Until it is looked at, a fresh link may lose its first packets.
            run("ip link show t0");
            let listener = TcpListener::bind("0.0.0.0:80")?;
            std::thread::spawn(move || listener.incoming().for_each(drop));
            Ok(())
        })
        .unwrap();
        Host { host, peer }
    }

    pub fn within<T>(&self, deed: impl FnOnce() -> T) -> T {
        namespace::enter(&self.host, || Ok(deed())).unwrap()
    }

    pub fn forwarding(&self) -> String {
        self.within(|| fs::read_to_string(FORWARDING).unwrap().trim().to_owned())
    }
}

pub fn reaches(slot: &Slot, address: Ipv4Addr) -> bool {
    let to = SocketAddrV4::new(address, 80);
    namespace::enter(&slot.namespace, || {
        let mut stream = TcpStream::connect_timeout(&to.into(), Duration::from_millis(300))?;
        stream.read_to_end(&mut Vec::new())
    })
    .is_ok()
}
