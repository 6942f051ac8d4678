//! Explanations of what a VPC is made of: what a thing is, what uses it, and where it leads.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::base::id::{
    AclId, AllocationId, FunctionId, GroupId, InternetGatewayId, NatGatewayId, RouteTableId,
    SubnetId, VpcId,
};
use crate::base::scope::Scope;
use crate::record::eni::Eni;
use crate::record::function::VpcConfig;
use crate::record::group::{Direction, Peer, Ports, Protocol};
use crate::record::nat_gateway::NatState;
use crate::record::network_acl::AclBlock;
use crate::record::route_table::{Target, Target6};
use crate::record::vpc::Vpc;
use crate::tell::trail::Route;
use crate::tell::words::{Explanation, SHOWN, Teller, count, more};

/// A few lines of many, and how many more there are.
pub(super) fn few(lines: impl Iterator<Item = String>) -> Vec<Explanation> {
    let all: Vec<String> = lines.collect();
    let number = all.len();
    all.into_iter().take(SHOWN).map(Explanation::new).chain(more(number)).collect()
}

/// A statement with a few lines; none without any.
pub(super) fn headed(text: impl Fn(usize) -> String, lines: Vec<String>) -> Option<Explanation> {
    let number = lines.len();
    (number > 0).then(|| Explanation::with(text(number), few(lines.into_iter())))
}

impl Teller<'_> {
    pub(super) fn explain_vpc(&self, id: VpcId) -> Option<Explanation> {
        let vpc = self.network.vpcs.get(&id)?;
        let mut because: Vec<Explanation> = self.tell_plan(id).into_iter().collect();
        let gateway = match self.network.gateway_of(id) {
            Some(gateway) => format!("{gateway} is its internet gateway"),
            None => "it has no internet gateway: nothing of it reaches the internet".into(),
        };
        because.push(Explanation::new(gateway));
        because.extend(self.egress_only_of(id));
        let subnets = self.network.subnets.values().filter(|subnet| subnet.vpc == id);
        let subnets = subnets.map(|subnet| {
            let free = self.network.free_addresses(subnet.id);
            format!("{} ({}, {}): {free} addresses free", subnet.id, subnet.cidr, subnet.zone)
        });
        because.extend(headed(|all| count(all, "subnet"), subnets.collect()));
        let nats = self.network.nat_gateways.values().filter(|nat| nat.vpc == id);
        let nats = nats.filter(|nat| matches!(nat.state, NatState::Made(_)));
        let nats = nats.map(|nat| format!("{} in {}", nat.id, nat.subnet));
        because.extend(headed(|all| count(all, "NAT gateway"), nats.collect()));
        let endpoints = self.network.vpc_endpoints.values().filter(|endpoint| endpoint.vpc == id);
        let endpoints =
            endpoints.map(|endpoint| format!("{} to {}", endpoint.id, endpoint.service));
        because.extend(headed(|all| count(all, "VPC endpoint"), endpoints.collect()));
        let peers = self.network.peerings.values().filter(|peering| peering.is_active());
        let peers = peers.filter_map(|it| Some(format!("{} to {}", it.id, it.other(id)?)));
        because.extend(headed(|all| count(all, "peering connection"), peers.collect()));
        because.extend(self.functions_of(|config| config.vpc == Some(id)));
        let enis = self.network.enis.values().filter(|eni| eni.vpc == id).count();
        because.push(Explanation::new(count(enis, "ENI")));
        let default = if vpc.is_default { ", the default one" } else { "" };
        let six: String = vpc.blocks6.iter().map(|own| format!(" and {}", own.cidr)).collect();
        let blocks = self.blocks_of_vpc(vpc);
        Some(Explanation::with(format!("{id} is a VPC of {blocks}{six}{default}"), because))
    }

    pub(super) fn explain_group(&self, id: GroupId) -> Option<Explanation> {
        let group = self.network.groups.get(&id)?;
        let mut because = Vec::new();
        for (way, what) in [(Direction::Ingress, "lets in"), (Direction::Egress, "lets out")] {
            let rules = group.rules.values().filter(|rule| rule.direction == way);
            let rules: Vec<String> = rules
                .map(|rule| {
                    let spec = &rule.spec;
                    format!("{}: {} {}", rule.id, protocol(spec.protocol), self.peer(spec.peer))
                })
                .collect();
            because.push(match rules.is_empty() {
                true => Explanation::new(format!("it {what} nothing")),
                false => Explanation::with(format!("it {what}"), few(rules.into_iter())),
            });
        }
        let holders = self.network.enis.values().filter(|eni| eni.groups.contains(&id));
        because.extend(self.held_by("it is carried by", holders));
        because.extend(self.functions_of(|config| config.groups.contains(&id)));
        let names_it = |other: &&crate::record::group::Group| {
            other.rules.values().any(|rule| rule.spec.peer == Peer::Group(id))
        };
        let named = self.network.groups.values().filter(names_it);
        let named: Vec<String> = named.map(|other| self.group_name(other.id)).collect();
        because.extend(headed(|_| "rules of these groups name it".into(), named));
        let text = format!("{} is a security group of {}", self.group_name(id), group.vpc);
        Some(Explanation::with(text, because))
    }

    pub(super) fn explain_table(&self, id: RouteTableId) -> Option<Explanation> {
        let table = self.network.route_tables.get(&id)?;
        let vpc = self.network.vpcs.get(&table.vpc);
        let local = vpc.into_iter().flat_map(|vpc| self.network.cidrs_of(vpc));
        let local = local.filter(|block| !table.has(*block)).map(|block| block.to_string());
        let local6 = vpc.into_iter().flat_map(|vpc| &vpc.blocks6).map(|own| own.cidr.to_string());
        let local = local.chain(local6).map(|own| format!("{own} to the ENIs of the VPC itself"));
        let routes = local.chain(self.routes_told(table));
        let mut because = Vec::from([Explanation::with("its routes".into(), few(routes))]);
        let subnets: Vec<SubnetId> = self.subnets_by(table.vpc, |planned| planned.table == id);
        because.extend(self.led_by(&subnets));
        let main = vpc.is_some_and(|vpc| vpc.main_route_table == id);
        let main = if main { ", the main one: subnets go by it that chose no other" } else { "" };
        Some(Explanation::with(format!("{id} is a route table of {}{main}", table.vpc), because))
    }

    pub(super) fn explain_acl(&self, id: AclId) -> Option<Explanation> {
        let acl = self.network.network_acls.get(&id)?;
        let mut because = Vec::new();
        for (way, what) in [(Direction::Ingress, "into"), (Direction::Egress, "out of")] {
            let entries = acl.entries(way).iter().map(|(number, entry)| {
                let verb = if entry.allows { "allows" } else { "denies" };
                let block = match entry.block {
                    AclBlock::V4(block) => block.to_string(),
                    AclBlock::V6(block) => block.to_string(),
                };
                format!("rule {number} {verb} {} {block}", protocol(entry.protocol))
            });
            let last = "rule * denies everything else".to_string();
            let lines = few(entries.chain([last]));
            because.push(Explanation::with(format!("{what} its subnets"), lines));
        }
        let subnets: Vec<SubnetId> = self.subnets_by(acl.vpc, |planned| planned.acl == id);
        because.extend(self.led_by(&subnets));
        let default = self.network.vpcs.get(&acl.vpc).is_some_and(|vpc| vpc.default_acl == id);
        let default = if default { ", the default one" } else { "" };
        Some(Explanation::with(format!("{id} is a network ACL of {}{default}", acl.vpc), because))
    }

    pub(super) fn explain_gateway(&self, id: InternetGatewayId) -> Option<Explanation> {
        let gateway = self.network.internet_gateways.get(&id)?;
        let Some(vpc) = gateway.vpc else {
            let text = format!("{id} is an internet gateway that is attached to no VPC");
            return Some(Explanation::new(text));
        };
        let mut because = Vec::new();
        because.extend(self.tables_to(vpc, Target::InternetGateway(id)));
        let publics = self.network.elastic_ips.values().filter_map(|ip| {
            let eni = self.network.enis.get(&ip.association?.eni)?;
            (eni.vpc == vpc).then(|| format!("{} is {}", ip.address, self.holder_name(eni)))
        });
        let publics: Vec<String> = publics.collect();
        let six = !self.routes6_to(vpc, Target6::InternetGateway(id)).is_empty();
        because.push(match publics.is_empty() {
            true => Explanation::new(match six {
                true => "nothing of its VPC has a public address: what has an IPv6 address passes"
                    .into(),
                false => "nothing of its VPC has a public address, so nothing passes".into(),
            }),
            false => Explanation::with(
                "what has a public address passes".into(),
                few(publics.into_iter()),
            ),
        });
        Some(Explanation::with(format!("{id} is the internet gateway of {vpc}"), because))
    }

    pub(super) fn explain_nat(&self, id: NatGatewayId) -> Option<Explanation> {
        let nat = self.network.nat_gateways.get(&id)?;
        let mut because = Vec::new();
        let state = match &nat.state {
            NatState::Made(eni) => {
                because.extend(self.network.enis.get(eni).map(|known| self.tell(&known.decision)));
                let address = self.network.enis.get(eni).map(|known| known.address);
                let address = address.map_or_else(String::new, |address| format!(" ({address})"));
                because.push(Explanation::new(format!("its ENI is {eni}{address}")));
                because.extend(self.tell_public(*eni));
                because.extend(self.tell_routes(nat.subnet));
                because.extend(self.tables_to(nat.vpc, Target::NatGateway(id)));
                because.extend(self.journal.drops(*eni).map(|dropped| {
                    let led = dropped.led.as_ref();
                    self.tell_drop(&dropped.drop, dropped.request, &dropped.groups, led)
                }));
                "is a NAT gateway"
            }
            NatState::Failed { code, message } => {
                because.push(Explanation::new(format!("{code}: {message}")));
                "is a NAT gateway that could not be made,"
            }
            NatState::Deleted { .. } => {
                because.extend(self.tables_to(nat.vpc, Target::NatGateway(id)));
                "was a NAT gateway"
            }
        };
        let text = format!("{id} {state} in {}", self.subnet_name(nat.subnet));
        Some(Explanation::with(text, because))
    }

    pub(super) fn explain_allocation(&self, id: AllocationId) -> Option<Explanation> {
        let ip = self.network.elastic_ips.get(&id)?;
        let held = ip.association.and_then(|held| self.network.enis.get(&held.eni));
        let because = match held {
            Some(eni) => Vec::from([
                Explanation::new(format!("it is the public address of {}", self.holder_name(eni))),
                self.tell_use(eni),
            ]),
            None => Vec::from([Explanation::new("no ENI has it".into())]),
        };
        let text = match ip.automatic {
            true => format!("{} was given to its ENI by its subnet", ip.address),
            false => format!("{} is the Elastic IP address {id}", ip.address),
        };
        Some(Explanation::with(text, because))
    }

    /// The blocks of a VPC, the primary one first.
    fn blocks_of_vpc(&self, vpc: &Vpc) -> String {
        let blocks = self.network.cidrs_of(vpc).map(|block| block.to_string());
        blocks.collect::<Vec<_>>().join(", ")
    }

    /// Who has an address in a scope, or whose it would be.
    pub(super) fn explain_address(&self, scope: &Scope, address: IpAddr) -> Option<Explanation> {
        match address {
            IpAddr::V4(address) => self.explain_ipv4(scope, address),
            IpAddr::V6(address) => self.explain_ipv6(scope, address),
        }
    }

    fn explain_ipv6(&self, scope: &Scope, address: Ipv6Addr) -> Option<Explanation> {
        let holder = self.network.held6.get(&address).and_then(|eni| self.network.enis.get(eni));
        if let Some(eni) = holder.filter(|eni| eni.scope == *scope) {
            let because = self.explain_eni(eni.id).into_iter().collect();
            return Some(Explanation::with(address.to_string(), because));
        }
        let mut own = self.network.subnets.values().filter(|subnet| subnet.scope == *scope);
        let subnet =
            own.find(|it| it.block6.as_ref().is_some_and(|block| block.cidr.contains(address)))?;
        let text = format!("no ENI has it in {} of {}", self.subnet_name(subnet.id), subnet.vpc);
        Some(Explanation::with(address.to_string(), Vec::from([Explanation::new(text)])))
    }

    fn explain_ipv4(&self, scope: &Scope, address: Ipv4Addr) -> Option<Explanation> {
        let mut because: Vec<Explanation> = Vec::new();
        let own = self.network.vpcs.values().filter(|vpc| vpc.scope == *scope);
        let has = |vpc: &&Vpc| self.network.cidrs_of(vpc).any(|block| block.contains(address));
        for vpc in own.filter(has) {
            if let Some(eni) = self.network.holder(vpc.id, address) {
                because.extend(self.explain_eni(eni));
                continue;
            }
            let subnets = self.network.subnets.values().filter(|subnet| subnet.vpc == vpc.id);
            let subnet = subnets.into_iter().find(|subnet| subnet.cidr.contains(address));
            because.push(Explanation::new(match subnet {
                Some(subnet) => {
                    format!("no ENI has it in {} of {}", self.subnet_name(subnet.id), vpc.id)
                }
                None => format!("{} ({}) has no subnet with it", vpc.id, self.blocks_of_vpc(vpc)),
            }));
        }
        let mut public = self.network.elastic_ips.values().filter(|ip| ip.scope == *scope);
        let public = public.find(|ip| ip.address == address);
        because.extend(public.and_then(|ip| self.explain_allocation(ip.id)));
        (!because.is_empty()).then(|| Explanation::with(address.to_string(), because))
    }

    /// An alias, and where it leads.
    pub(super) fn explain_alias(&self, function: FunctionId, name: &str) -> Option<String> {
        let alias = self.compute.aliases.named(function, name)?;
        let first = format!("alias {name} leads to version {}", alias.version.spelled());
        Some(match alias.further {
            Some(further) => {
                let percent = (further.weight.0 * 1e4 + 0.5) as u64;
                let part = format!("{:02}", percent % 100);
                let part = part.trim_end_matches('0');
                let point = if part.is_empty() { "" } else { "." };
                let version = further.version.spelled();
                format!(
                    "{first}, and in {}{point}{part} % of the cases to {version}",
                    percent / 100
                )
            }
            None => first,
        })
    }

    /// The functions whose VpcConfig is such.
    fn functions_of(&self, is_such: impl Fn(&VpcConfig) -> bool) -> Option<Explanation> {
        let mut names = BTreeSet::new();
        for function in self.compute.functions.by_id.values() {
            let config = function.latest.in_force().vpc.as_ref();
            if config.is_some_and(&is_such) {
                names.insert(function.name.clone());
            }
        }
        headed(
            |all| format!("it is named by {}", count(all, "function")),
            names.into_iter().collect(),
        )
    }

    fn held_by<'a>(&self, text: &str, enis: impl Iterator<Item = &'a Eni>) -> Option<Explanation> {
        let names: Vec<String> = enis.map(|eni| self.holder_name(eni)).collect();
        headed(|all| format!("{text} {}", count(all, "ENI")), names)
    }

    fn subnets_by(
        &self,
        vpc: VpcId,
        is_such: impl Fn(&crate::plan::SubnetPlan) -> bool,
    ) -> Vec<SubnetId> {
        let subnets = self.network.planned(vpc).subnets.iter();
        subnets.filter(|subnet| is_such(subnet)).map(|subnet| subnet.subnet).collect()
    }

    /// Subnets, and the functions that are in them.
    fn led_by(&self, subnets: &[SubnetId]) -> Vec<Explanation> {
        let named: Vec<String> = subnets.iter().map(|id| self.subnet_name(*id)).collect();
        let mut told: Vec<Explanation> = Vec::new();
        match headed(|all| format!("it is of {}", count(all, "subnet")), named) {
            Some(of) => told.push(of),
            None => told.push(Explanation::new("it is of no subnet".into())),
        }
        let is_in = |config: &VpcConfig| config.subnets.iter().any(|id| subnets.contains(id));
        told.extend(self.functions_of(is_in));
        told
    }

    /// The route tables that lead to a target.
    pub(super) fn tables_to(&self, vpc: VpcId, wanted: Target) -> Option<Explanation> {
        let tables = self.network.route_tables.values().filter(|table| table.vpc == vpc);
        let lines = tables.flat_map(|table| {
            let routes = table.routes.iter().filter(|route| route.target == wanted);
            let lists = table.lists.iter().filter(|(_, target)| **target == wanted);
            let lists = lists.map(|(list, _)| self.network.list_name(&table.scope, *list));
            let all = routes.map(|route| route.destination.to_string()).chain(lists);
            all.map(|destination| format!("{destination} of {}", table.id))
        });
        let six = match wanted {
            Target::InternetGateway(id) => self.routes6_to(vpc, Target6::InternetGateway(id)),
            _ => Vec::new(),
        };
        let lines: Vec<String> = lines.chain(six).collect();
        match lines.is_empty() {
            true => Some(Explanation::new("no route leads to it".into())),
            false => headed(|_| "routes lead to it".into(), lines),
        }
    }

    pub(super) fn peer(&self, peer: Peer) -> String {
        match peer {
            Peer::Cidr(block) => block.to_string(),
            Peer::Cidr6(block) => block.to_string(),
            Peer::Group(group) => self.group_name(group),
            Peer::List(list) => format!("{list}"),
        }
    }
}

pub(super) fn protocol(protocol: Protocol) -> String {
    let ports = |name: &str, Ports { first, last }: Ports| match first == last {
        true => format!("{name} {first}"),
        false => format!("{name} {first}-{last}"),
    };
    match protocol {
        Protocol::All => "everything".into(),
        Protocol::Tcp(range) => ports("tcp", range),
        Protocol::Udp(range) => ports("udp", range),
        Protocol::Icmp { .. } => "icmp".into(),
        Protocol::Icmp6 { .. } => "icmpv6".into(),
        Protocol::Number(number) => format!("protocol {number}"),
    }
}

/// Where an alias led an invocation.
pub(super) fn tell_route(route: &Route) -> Explanation {
    let Route { alias, version, weight } = route;
    let drawn = match weight {
        Some(weight) => {
            // As many digits as weights are given with.
            let percent = (weight * 1e6 + 0.5) as u64;
            let (whole, part) = (percent / 10_000, format!("{:04}", percent % 10_000));
            let part = part.trim_end_matches('0');
            let point = if part.is_empty() { "" } else { "." };
            format!(", drawn with a weight of {whole}{point}{part} %")
        }
        None => String::new(),
    };
    Explanation::new(format!("alias {alias} led to version {}{drawn}", version.spelled()))
}
