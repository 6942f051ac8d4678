//! Names that lead to VPC endpoints: an endpoint's own, that of each of its zones, and its service's.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::base::id::{SubnetId, VpcEndpointId, VpcId};
use crate::engine::Engine;
use crate::network::service::{Served, Service};
use crate::record::vpc_endpoint::{EndpointKind, PrivateDns, VpcEndpoint};

/// What is wished of a service's own names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Names {
    /// Whether they lead to the endpoint.
    pub are_private: Option<bool>,
    /// Whether they do so for inbound resolvers alone.
    pub are_inbound: Option<bool>,
}

impl Names {
    /// For whom they are to lead to an endpoint of a service, for which they did so for `before`.
    pub(super) fn over(
        self,
        service: &Service,
        name: &str,
        before: PrivateDns,
    ) -> Result<PrivateDns, NamesRefusal> {
        if self.are_inbound == Some(true) && !service.has_inbound_names() {
            return Err(NamesRefusal::NoInbound(name.into()));
        }
        let are_private = self.are_private.unwrap_or(before != PrivateDns::Off);
        if !are_private {
            return match self.are_inbound {
                Some(true) => Err(NamesRefusal::InboundAlone),
                _ => Ok(PrivateDns::Off),
            };
        }
        if !service.has_private_names() {
            return Err(NamesRefusal::NoPrivate(name.into()));
        }
        let are_inbound = self.are_inbound.unwrap_or(before != PrivateDns::On);
        Ok(match service.has_inbound_names() && are_inbound {
            true => PrivateDns::Inbound,
            false => PrivateDns::On,
        })
    }
}

impl PrivateDns {
    /// For whom the names of a service lead to a new endpoint of which nothing is said: where gateway
    /// endpoints could be meant by them, for nobody.
    pub(super) fn of_new(service: &Service) -> PrivateDns {
        match service.has_private_names() && !service.has_gateway() {
            true => PrivateDns::On,
            false => PrivateDns::Off,
        }
    }
}

/// Why a service's own names cannot lead where they are to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamesRefusal {
    /// The service has none that could be private.
    NoPrivate(String),
    /// The service's cannot be private for inbound resolvers alone.
    NoInbound(String),
    /// They are to be private for inbound resolvers alone, and are not to be private.
    InboundAlone,
    /// A gateway endpoint has no names.
    InboundAtGateway,
    /// They are private for inbound resolvers alone where the VPC has a gateway endpoint of the service.
    NoGateway(VpcId),
    /// The last gateway endpoint stays while the names of this interface endpoint are so.
    GatewayKept(VpcEndpointId),
    /// The VPC's attributes do not let names be private.
    NoDns(VpcId),
    /// Another endpoint of the VPC has this name.
    Taken(VpcId, String),
}

/// A name of an interface endpoint as it is listed: with a star for what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointName {
    /// The name.
    pub name: String,
    /// Whether it is the service's own, which means the endpoint within its VPC alone.
    pub is_private: bool,
}

/// What a name below an endpoint's own means.
struct Named<'a> {
    endpoint: &'a VpcEndpoint,
    served: Served<'a>,
    /// In which subnet the ENI is that is meant; all are where there is none.
    subnet: Option<SubnetId>,
    /// What stands before the endpoint's own name.
    front: &'a str,
}

impl Engine {
    /// The names of an interface endpoint: its own, that of each zone, and the service's. One without an ENI
    /// has none.
    pub fn endpoint_names(&self, endpoint: &VpcEndpoint) -> Vec<EndpointName> {
        let EndpointKind::Interface { subnets, private_dns, .. } = &endpoint.kind else {
            return Vec::new();
        };
        let Some(served) = endpoint.served().filter(|_| !subnets.is_empty()) else {
            return Vec::new();
        };
        let (own, base) = (own_name(endpoint.id), served.endpoint_base());
        let below = if served.service.has_names_below() { "*." } else { "" };
        let named = |name, is_private| EndpointName { name, is_private };
        let mut names = Vec::from([named(format!("{below}{own}.{base}"), false)]);
        let zones = subnets.iter().filter_map(|id| self.network.subnets.get(id));
        names.extend(
            zones.map(|subnet| named(format!("{below}{own}-{}.{base}", subnet.zone), false)),
        );
        if *private_dns != PrivateDns::Off {
            names.extend(served.private_hosts().into_iter().map(|name| named(name, true)));
        }
        names
    }

    /// Where a name leads that is one of AWS's services', asked for from within a VPC or from outside of
    /// all: in lower case, without the dot that may end it. None where it is no such name.
    pub fn service_addresses(&self, vpc: Option<VpcId>, name: &str) -> Option<Vec<Ipv4Addr>> {
        let network = &self.network;
        if let Some(served) = Served::named(name) {
            let is_private = |endpoint: &&VpcEndpoint| {
                let has_names = endpoint.private_dns() == PrivateDns::On;
                has_names && Some(endpoint.vpc) == vpc && endpoint.served() == Some(served)
            };
            let own = network.vpc_endpoints.values().find(is_private);
            let own = own.filter(|_| served.is_of_region(name));
            let own = own.map(|endpoint| self.addresses_of(endpoint, None)).unwrap_or_default();
            return match own.is_empty() {
                true => served.address(network.public_block?).map(|address| Vec::from([address])),
                false => Some(own),
            };
        }
        // The endpoint's own names mean it everywhere.
        let named = self.named_endpoint(name)?;
        Some(self.addresses_of(named.endpoint, named.subnet))
    }

    /// The addresses of an endpoint's ENIs, or of the one in a subnet.
    fn addresses_of(&self, endpoint: &VpcEndpoint, subnet: Option<SubnetId>) -> Vec<Ipv4Addr> {
        let enis = self.endpoint_enis(endpoint.id).map(|(eni, _)| eni);
        let own = enis.filter(|eni| subnet.is_none_or(|subnet| eni.subnet == subnet));
        own.map(|eni| eni.address).collect()
    }

    /// The service that a host names, behind an endpoint or without one.
    pub fn served_by_name<'a>(&'a self, name: &'a str) -> Option<Served<'a>> {
        if let Some(served) = Served::named(name) {
            return Some(served);
        }
        let Named { served, front, .. } = self.named_endpoint(name)?;
        let last = front.rsplit_once('.').map_or(front, |(_, last)| last);
        let is_asked = !served.service.has_names_below() || served.service.has_part(last);
        is_asked.then_some(served)
    }

    /// The endpoint that has a name of its own below which this is.
    fn named_endpoint<'a>(&'a self, name: &'a str) -> Option<Named<'a>> {
        // What stands before, a bucket's name perhaps, may look like an endpoint's too.
        let at = match name.rfind(&format!(".{}", VpcEndpointId::PREFIX)) {
            Some(dot) => dot + 1,
            None => 0,
        };
        let (front, own) = name.split_at(at);
        let (label, base) = own.split_once('.')?;
        let id = label.get(..VpcEndpointId::PREFIX.len() + 17)?.parse().ok()?;
        let endpoint = self.network.vpc_endpoints.get(&id)?;
        let EndpointKind::Interface { subnets, .. } = &endpoint.kind else { return None };
        let served = endpoint.served().filter(|served| served.endpoint_base() == base)?;
        let subnet = match label.strip_prefix(&own_name(id))? {
            "" => None,
            zone => {
                let zone = zone.strip_prefix('-')?;
                let mut all = subnets.iter().filter_map(|id| self.network.subnets.get(id));
                Some(all.find(|subnet| subnet.zone == zone)?.id)
            }
        };
        let front = front.strip_suffix('.').unwrap_or(front);
        let is_below = front.is_empty() || served.service.has_names_below();
        is_below.then_some(Named { endpoint, served, subnet, front })
    }
}

/// What the names of an endpoint begin with: its id, and something that nobody guesses from that on AWS.
fn own_name(id: VpcEndpointId) -> String {
    let mut rest = id.0 ^ id.0.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut name = format!("{id}-");
    for _ in 0..8 {
        let digit = (rest % 36) as u8;
        name.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
        rest /= 36;
    }
    name
}
