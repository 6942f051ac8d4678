//! Ways: the words for routes, for public addresses, and for what did not find a way out of its VPC.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv6Addr};

use crate::base::id::{EniId, ResourceId, SubnetId, VpcEndpointId};
use crate::network::service;
use crate::node::PacketDrop;
use crate::plan::DropReason;
use crate::record::elastic_ip::ElasticIp;
use crate::record::nat_gateway::{Connectivity, NatGateway};
use crate::record::resource::ResourceKind;
use crate::record::route_table::{Route, RouteTable, Target};
use crate::tell::led::Led;
use crate::tell::words::{Explanation, SHOWN, Teller, more};

/// The target of a route, for people.
pub(super) fn name(target: Target) -> String {
    match target {
        Target::InternetGateway(id) => format!("{id}"),
        Target::NatGateway(id) => format!("{id}"),
        Target::NetworkInterface(id) => format!("{id}"),
        Target::Peering(id) => format!("{id}"),
    }
}

/// A table's route, for people.
fn leads(led: &Led, route: &Route) -> String {
    format!(
        "{} of {} routes {} to {}",
        led.table,
        led.subnet,
        route.destination,
        name(route.target)
    )
}

impl Teller<'_> {
    /// Why a packet did not leave its VPC.
    pub(super) fn tell_way(&self, drop: &PacketDrop, led: Option<&Led>) -> String {
        if let IpAddr::V6(destination) = drop.destination.ip() {
            return self.tell_way6(drop, destination);
        }
        let destination = self.place(drop.destination.ip());
        let Some(led) = led else {
            return match drop.reason {
                DropReason::Private => format!(
                    "{destination} is no part of the internet, which functions without a VPC reach; \
                     serve --outside-allow opens private networks"
                ),
                _ => format!("no route leads to {destination}"),
            };
        };
        let Some(route) = &led.route else {
            return format!(
                "no route: {destination} is outside the VPC, and {} of {} has no route there",
                led.table, led.subnet
            );
        };
        let leads = leads(led, route);
        match drop.reason {
            DropReason::Blackhole => {
                format!("{leads}, which is gone: the route is a blackhole")
            }
            DropReason::NoPublicAddress => {
                let sender = self.sender_of(drop);
                format!(
                    "{leads}, but {sender} has no public address, and an internet gateway lets through \
                     nothing else; a route to a NAT gateway in another subnet would lead it out"
                )
            }
            DropReason::NatRoute => format!("{leads}, but {}", self.tell_nat(led, route)),
            DropReason::NatProtocol => format!(
                "{leads}, and a NAT gateway translates TCP, UDP and ICMP alone, not protocol {}",
                drop.protocol
            ),
            DropReason::SourceDestCheck => format!(
                "{leads}, whose SourceDestCheck is on: it takes nothing that is not for its own address"
            ),
            DropReason::SecondMiddlebox => format!(
                "{leads}, but it was passed on by {} already, and is led through one middlebox at most",
                drop.eni.map_or_else(|| "another".into(), |eni| format!("{eni}"))
            ),
            DropReason::NotOfPeer => format!(
                "{leads}, and a peering connection leads from one of its two VPCs to the other, not to \
                 what is beyond: {} to {destination} is no such way",
                drop.source
            ),
            DropReason::NatPorts => format!(
                "{leads}, which has no port left for it: a NAT gateway has at most 55,000 connections \
                 to one port of a destination (AWS: ErrorPortAllocation), and its share of all that \
                 are remembered"
            ),
            DropReason::Private => format!(
                "{leads}, and {destination} is no part of the internet; serve --outside-allow opens \
                 private networks"
            ),
            // What was changed since is in the tables by now.
            _ => format!("no route led to {destination} when it was sent; by now {leads}"),
        }
    }

    /// Who sent a packet; a secondary address of an ENI has a public one of its own.
    fn sender_of(&self, drop: &PacketDrop) -> String {
        let Some(eni) = drop.eni else { return "the sender".into() };
        let source = drop.source;
        let of_secondary = |eni| {
            let mut held = self.network.secondaries_of(eni).iter();
            held.any(|address| IpAddr::V4(*address) == source)
        };
        match of_secondary(eni) {
            true => format!("{source}, a secondary address of {eni},"),
            false => format!("{eni}"),
        }
    }

    /// Why a reply does not come back through a peering connection.
    pub(super) fn tell_no_way_back(&self, drop: &PacketDrop) -> String {
        let destination = drop.destination.ip();
        let from = drop.source;
        let mut tables = self
            .network
            .subnets
            .values()
            .filter(|subnet| Some(subnet.vpc) == drop.vpc && subnet.holds(from));
        let of = tables.next().and_then(|subnet| {
            let table = self.network.table_of(subnet.id)?;
            Some(format!("{} of {}", table.id, subnet.id))
        });
        let of = of.unwrap_or_else(|| format!("the route table of {from}"));
        let by = if destination.is_ipv4() { " by the peering connection" } else { "" };
        format!("no route back: {of} does not lead to {destination}{by}; it was a reply")
    }

    /// An address, for people: with the service of AWS's that it is.
    fn place(&self, address: IpAddr) -> String {
        let served = match address {
            IpAddr::V4(at) => self.network.public_block.and_then(|block| service::at(block, at)),
            IpAddr::V6(_) => None,
        };
        let name = served.and_then(|served| served.service.name_in(served.region));
        name.map_or_else(|| format!("{address}"), |name| format!("{address} ({name})"))
    }

    /// Why a packet of IPv6 did not leave its VPC.
    fn tell_way6(&self, drop: &PacketDrop, destination: Ipv6Addr) -> String {
        let sender = drop.eni.and_then(|eni| self.network.enis.get(&eni));
        match sender {
            Some(eni) => self.why_not_led6(eni.subnet, drop.reason, destination),
            None => format!("no route leads to {destination}"),
        }
    }

    /// Why packets of IPv6 of a subnet are not led out of its VPC.
    pub(super) fn why_not_led6(
        &self,
        subnet: SubnetId,
        reason: DropReason,
        destination: Ipv6Addr,
    ) -> String {
        let Some((table, route)) = self.network.led6(subnet, destination) else {
            return format!("no route leads to {destination}");
        };
        let Some(route) = route else {
            return format!(
                "no route: {destination} is outside the VPC, and {table} of {subnet} has no route there"
            );
        };
        let leads = format!("{table} of {subnet} routes {} to {}", route.destination, route.target);
        match reason {
            DropReason::Blackhole => {
                format!("{leads}, which is gone: the route is a blackhole")
            }
            DropReason::Private => format!(
                "{leads}, and beyond the VPCs of this installation nothing is reached by IPv6"
            ),
            // What was changed since is in the tables by now.
            _ => format!("no route led to {destination} when it was sent; by now {leads}"),
        }
    }

    /// Why a NAT gateway leads no further.
    fn tell_nat(&self, led: &Led, route: &Route) -> String {
        let nat = match route.target {
            Target::NatGateway(id) => self.network.nat_gateways.get(&id),
            Target::InternetGateway(_) | Target::NetworkInterface(_) | Target::Peering(_) => None,
        };
        let is_private = |nat: &NatGateway| matches!(nat.connectivity, Connectivity::Private);
        if nat.is_some_and(is_private) {
            return "that is a private NAT gateway, which has no public address".into();
        }
        match led.beyond.as_deref().map(|beyond| (beyond, &beyond.route)) {
            Some((beyond, Some(route))) => {
                format!("{}: a NAT gateway's way out is an internet gateway", leads(beyond, route))
            }
            Some((beyond, None)) => format!(
                "{} of its own {} has no route there: a NAT gateway's way out is an internet gateway",
                beyond.table, beyond.subnet
            ),
            None => "it leads no further".into(),
        }
    }

    /// The interface endpoint whose ENI a resource is, if it is one's.
    pub(super) fn endpoint_of(&self, resource: ResourceId) -> Option<VpcEndpointId> {
        match self.network.resources.get(&resource)?.kind {
            ResourceKind::Endpoint(endpoint) => Some(endpoint),
            ResourceKind::Process(_) | ResourceKind::Exposed(_) | ResourceKind::Mapping(_) => None,
        }
    }

    /// The public address of an ENI, if it has one.
    pub(super) fn tell_public(&self, eni: EniId) -> Option<Explanation> {
        let of_eni = |ip: &&ElasticIp| ip.association.is_some_and(|held| held.eni == eni);
        let all = self.network.elastic_ips.values().filter(of_eni).map(|ip| {
            let kind =
                if ip.automatic { "given by its subnet".into() } else { format!("{}", ip.id) };
            let at = ip.association.and_then(|held| held.secondary);
            let at = at.map_or_else(String::new, |private| format!(", of {private}"));
            format!("{} ({kind}{at})", ip.address)
        });
        let all: Vec<String> = all.collect();
        let word = if all.len() > 1 { "addresses" } else { "address" };
        let text = || format!("its public {word}: {}", all.join(", "));
        (!all.is_empty()).then(|| Explanation::new(text()))
    }

    /// The routes of a table beside the local one, by blocks, by prefix lists and to gateway endpoints.
    pub(super) fn routes_told(&self, table: &RouteTable) -> Vec<String> {
        let of_blocks =
            table.routes.iter().map(|route| (format!("{}", route.destination), route.target));
        let of_lists = table
            .lists
            .iter()
            .map(|(list, target)| (self.network.list_name(&table.scope, *list), *target));
        let told = of_blocks.chain(of_lists).map(|(destination, to)| {
            let is_active = self.network.is_active(table.vpc, to);
            let state = if is_active { "" } else { ", which is gone: a blackhole" };
            format!("{destination} to {}{state}", name(to))
        });
        let told = told.chain(self.routes6_told(table));
        let services = self.network.vpc_endpoints.values();
        let services = services.filter(|it| it.tables().any(|id| id == table.id));
        told.chain(services.map(|it| format!("{} to {}", it.service, it.id))).collect()
    }

    /// The routes of a subnet beside the local one.
    pub(super) fn tell_routes(&self, subnet: SubnetId) -> Option<Explanation> {
        let table = self.network.table_of(subnet)?;
        let told = self.routes_told(table);
        let all = told.len();
        let routes: Vec<Explanation> =
            told.into_iter().take(SHOWN).map(Explanation::new).chain(more(all)).collect();
        let text = format!("its subnet's routes beside the local one, by {}", table.id);
        (!routes.is_empty()).then(|| Explanation::with(text, routes))
    }
}
