//! Drops: packets that a node dropped, with who was judged and by which security groups.

use alloc::vec::Vec;
use core::net::IpAddr;

use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::environment::Environment;
use crate::network::Network;
use crate::node::PacketDrop;
use crate::plan::DropReason;
use crate::tell::journal::Dropped;

/// What is to be noted of a drop, on the ENI and the invocation in whose time it happened.
pub(crate) fn judged(now: Time, drop: PacketDrop, compute: &Compute, network: &Network) -> Dropped {
    let known = drop.environment.and_then(|id| compute.known_environment(id));
    let request = known.and_then(Environment::last);
    let at = |address| match address {
        IpAddr::V4(address) => network.holder(drop.vpc?, address),
        IpAddr::V6(address) => network.held6.get(&address).copied(),
    };
    let receiver = || at(drop.destination.ip());
    let judged = match drop.reason {
        DropReason::Ingress | DropReason::OneWay => receiver(),
        DropReason::Egress
        | DropReason::NoRoute
        | DropReason::NoOwner
        | DropReason::Spoofed
        | DropReason::Private
        | DropReason::Blackhole
        | DropReason::NoPublicAddress
        | DropReason::NatRoute
        | DropReason::NatProtocol
        | DropReason::SourceDestCheck
        | DropReason::SecondMiddlebox
        | DropReason::NotOfPeer
        | DropReason::NoRouteBack
        | DropReason::NatPorts
        | DropReason::Crowded
        | DropReason::Resolver => drop.eni,
        // Of a connection from outside of the VPC they are told where it ends.
        DropReason::AclIngress(_) => drop.eni.or_else(receiver),
        DropReason::AclEgress(_) => drop.eni.or_else(|| at(drop.source)),
    };
    let led = match drop.reason {
        DropReason::NoRoute
        | DropReason::Private
        | DropReason::Blackhole
        | DropReason::NoPublicAddress
        | DropReason::NatRoute
        | DropReason::NatProtocol
        | DropReason::SourceDestCheck
        | DropReason::SecondMiddlebox
        | DropReason::NotOfPeer
        | DropReason::NatPorts => {
            let sender = drop.eni.and_then(|eni| network.enis.get(&eni));
            match drop.destination.ip() {
                IpAddr::V4(to) => sender.and_then(|eni| network.led(eni.subnet, to)),
                IpAddr::V6(_) => None,
            }
        }
        DropReason::Egress
        | DropReason::Ingress
        | DropReason::NoOwner
        | DropReason::OneWay
        | DropReason::Spoofed
        | DropReason::NoRouteBack
        | DropReason::Crowded
        | DropReason::Resolver
        | DropReason::AclEgress(_)
        | DropReason::AclIngress(_) => None,
    };
    // Network ACLs are of subnets, and the resolver is everybody's: no security group has a say.
    let is_by_acl = matches!(
        drop.reason,
        DropReason::AclEgress(_) | DropReason::AclIngress(_) | DropReason::Resolver
    );
    let groups = judged.filter(|_| !is_by_acl).and_then(|eni| network.enis.get(&eni));
    let groups = groups.map_or_else(Vec::new, |eni| eni.groups.iter().copied().collect());
    Dropped { at: now, drop, request, judged, groups, led }
}
