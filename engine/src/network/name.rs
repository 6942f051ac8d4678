//! Names: what the resolver of a VPC knows by itself, of interfaces, public addresses and resources.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr};

use crate::base::id::{EniId, VpcId};
use crate::engine::Engine;
use crate::network::Network;
use crate::network::address::AddressError;
use crate::record::eni::Eni;
use crate::record::vpc::Vpc;

/// Where the resolver of every VPC is, beside the third address of its first block.
pub const LINK_LOCAL: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);

/// What of a VPC concerns names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Its region.
    pub region: String,
    /// `EnableDnsSupport`: without it nothing is answered.
    pub support: bool,
    /// `EnableDnsHostnames`.
    pub hostnames: bool,
    /// Where the resolver is.
    pub resolver: Ipv4Addr,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// These addresses.
    Addresses(Vec<Ipv4Addr>),
    /// Another name: that of an address.
    Pointer(String),
    /// Nothing, though nobody else has a say: why, for people.
    Missing(String),
}

/// The domain of private names in a region.
pub fn domain(region: &str) -> String {
    match region {
        "us-east-1" => "ec2.internal".into(),
        region => format!("{region}.compute.internal"),
    }
}

/// The domain of public names in a region.
fn public_domain(region: &str) -> String {
    match region {
        "us-east-1" => "compute-1.amazonaws.com".into(),
        region => format!("{region}.compute.amazonaws.com"),
    }
}

/// The private name of an address: `ip-10-0-1-5.ec2.internal`, and by region elsewhere.
pub fn private(region: &str, address: Ipv4Addr) -> String {
    format!("ip-{}.{}", dashed(address), domain(region))
}

/// The public name of an address: `ec2-198-18-0-1.compute-1.amazonaws.com`, and by region elsewhere.
pub fn public(region: &str, address: Ipv4Addr) -> String {
    format!("ec2-{}.{}", dashed(address), public_domain(region))
}

fn dashed(address: Ipv4Addr) -> String {
    address.to_string().replace('.', "-")
}

/// The address whose name of this kind it is.
fn undashed(label: &str, prefix: &str) -> Option<Ipv4Addr> {
    let digits = label.strip_prefix(prefix)?;
    let address = digits.replace('-', ".").parse().ok()?;
    // One spelling alone is a name.
    (dashed(address) == digits).then_some(address)
}

/// The address that a name of the reverse domain is of.
fn reversed(name: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut labels = name.strip_suffix(".in-addr.arpa")?.split('.').rev();
    for octet in &mut octets {
        *octet = labels.next()?.parse().ok()?;
    }
    labels.next().is_none().then(|| octets.into())
}

/// The third address of a VPC's first block, which no interface has.
pub(crate) fn resolver(vpc: &Vpc) -> Ipv4Addr {
    vpc.cidr.nth(2).expect("a VPC's block has sixteen addresses or more")
}

impl Network {
    /// Which ENI of a VPC has an address.
    pub(crate) fn holder(&self, vpc: VpcId, address: Ipv4Addr) -> Option<EniId> {
        let mut subnets = self.subnets.values().filter(|subnet| subnet.vpc == vpc);
        let subnet = subnets.find(|subnet| subnet.cidr.contains(address))?;
        match self.pools.get(&subnet.id)?.may_take(address) {
            Err(AddressError::Taken(eni)) => Some(eni),
            _ => None,
        }
    }

    fn named(&self, vpc: &Vpc, name: &str) -> Option<Known> {
        let region = &vpc.scope.region;
        if let Some(address) = reversed(name) {
            let is_own = self.cidrs_of(vpc).any(|own| own.contains(address))
                || self.subnets.values().any(|it| it.vpc == vpc.id && it.cidr.contains(address));
            return is_own.then(|| match self.holder(vpc.id, address) {
                Some(_) => Known::Pointer(private(region, address)),
                None => no_owner(vpc, address),
            });
        }
        if name == domain(region) {
            return Some(Known::Addresses(Vec::new()));
        }
        let (label, rest) = name.split_once('.')?;
        if rest == domain(region) {
            let Some(address) = undashed(label, "ip-") else {
                let text = format!("{rest} has the names of interfaces alone, such as ip-10-0-1-5");
                return Some(Known::Missing(text));
            };
            return Some(match self.holder(vpc.id, address) {
                Some(_) => Known::Addresses(Vec::from([address])),
                None => no_owner(vpc, address),
            });
        }
        let address = undashed(label, "ec2-").filter(|_| rest == public_domain(region))?;
        let ip = self.elastic_ips.values().find(|ip| ip.address == address)?;
        // From inside, a public name is that of the private address, and from a peer where it is let be.
        let published = self.published(ip);
        let inside = published
            .filter(|(eni, _)| eni.vpc == vpc.id || self.tells_peer(eni.vpc, vpc.id))
            .map(|(_, private)| private);
        Some(Known::Addresses(Vec::from([inside.unwrap_or(address)])))
    }

    /// Whether public names of a VPC stand for private addresses where a peer asks.
    fn tells_peer(&self, vpc: VpcId, peer: VpcId) -> bool {
        let mut all = self.peerings.values().filter(|it| it.is_active());
        all.any(|it| {
            let (of_requester, of_accepter) = it.dns;
            it.other(vpc) == Some(peer)
                && if it.requester == vpc { of_requester } else { of_accepter }
        })
    }

    /// The addresses of the resources that were given a name: of those in the VPC, or where none is, of
    /// all that its owner has in the region; of those no IPv6, which leads from no VPC to another.
    fn given(&self, vpc: &Vpc, name: &str) -> Vec<IpAddr> {
        let named = self.resources.values().filter(|it| it.dns_name.as_deref() == Some(name));
        let named = named.filter(|it| it.scope == vpc.scope);
        let enis: Vec<_> = named.filter_map(|it| self.enis.get(&it.eni)).collect();
        let of = |eni: &Eni| {
            let of_ipv6 = eni.addresses6.clone().into_iter().map(IpAddr::from);
            core::iter::once(eni.address.into()).chain(of_ipv6)
        };
        let inside = enis.iter().filter(|eni| eni.vpc == vpc.id).flat_map(|eni| of(eni));
        let inside: Vec<IpAddr> = inside.collect();
        match inside.is_empty() {
            true => enis.iter().map(|eni| eni.address.into()).collect(),
            false => inside,
        }
    }
}

fn no_owner(vpc: &Vpc, address: Ipv4Addr) -> Known {
    Known::Missing(format!("no interface of {} has the address {address}", vpc.id))
}

impl Engine {
    /// What of a VPC concerns names; none when it is gone.
    pub fn dns(&self, vpc: VpcId) -> Option<Settings> {
        let vpc = self.network.vpcs.get(&vpc)?;
        let (support, hostnames) = (vpc.dns_support, vpc.dns_hostnames);
        let region = vpc.scope.region.clone();
        Some(Settings { region, support, hostnames, resolver: resolver(vpc) })
    }

    /// The domain in which those in a VPC look for names without a dot.
    pub fn search_domain(&self, vpc: VpcId) -> Option<&str> {
        let options = self.network.vpcs.get(&vpc)?.dhcp_options;
        self.network.dhcp_options.get(&options)?.domain.as_deref()
    }

    /// The addresses in a VPC of a name that was given to resources; none of any other.
    pub fn given_name(&self, vpc: VpcId, name: &str) -> Vec<IpAddr> {
        self.network.vpcs.get(&vpc).map_or_else(Vec::new, |vpc| self.network.given(vpc, name))
    }

    /// What a name stands for in a VPC, of those that AWS gives to addresses; none of any other. It is
    /// in small letters and without a dot at its end.
    pub fn own_name(&self, vpc: VpcId, name: &str) -> Option<Known> {
        self.network.named(self.network.vpcs.get(&vpc)?, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_of_one_address() {
        let address = Ipv4Addr::new(10, 0, 1, 5);
        assert_eq!(private("us-east-1", address), "ip-10-0-1-5.ec2.internal");
        assert_eq!(private("eu-west-1", address), "ip-10-0-1-5.eu-west-1.compute.internal");
        assert_eq!(undashed("ip-10-0-1-5", "ip-"), Some(address));
        for other in ["ip-10-0-1", "ip-10-0-1-05", "ip-10-0-1-5-6", "ip-10-0-1-256", "10-0-1-5"] {
            assert_eq!(undashed(other, "ip-"), None, "{other}");
        }
        assert_eq!(reversed("5.1.0.10.in-addr.arpa"), Some(address));
        for other in ["1.0.10.in-addr.arpa", "1.5.1.0.10.in-addr.arpa", "5.1.0.10.ip6.arpa"] {
            assert_eq!(reversed(other), None, "{other}");
        }
    }
}
