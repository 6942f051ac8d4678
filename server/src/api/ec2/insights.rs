//! What a path of Reachability Analyzer is found to be: the hops of reach in the words of AWS, with its
//! codes for what is closed.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use engine::cidr::Cidr;
use engine::engine::Engine;
use engine::id::{EniId, GroupId, InternetGatewayId, RouteTableId, RuleId, VpcId};
use engine::network::reach::Content;
use engine::plan::{AclRule, DropReason};
use engine::record::group::{Direction, Peer, Ports, Protocol, RuleSpec};
use engine::record::insights_path::{InsightsPath, PathEnd, PathProtocol};
use engine::record::internet_gateway::InternetGateway;
use engine::record::network_acl::{AclBlock, NetworkAcl};
use engine::record::route_table::{RouteTable, Target as RouteTarget};
use engine::scope::Scope;
use engine::tell::reach::{
    By, Gate, Hop, Origin, ReachPath, ReachRefusal, Reached, SOMEBODY, Target,
};
use serde_json::{Value, json};

use crate::api::ec2::show;
use crate::api::operation::Context;

/// Ports that are tried for a path that names none: between two of them every rule says the same.
const TRIED: usize = 256;

/// What came of an analysis.
pub(super) struct Analysed {
    /// Whether there is a way.
    pub(super) found: bool,
    /// What is met, as EC2 shows it.
    pub(super) told: Value,
}

/// What a path comes to before anything is walked.
enum Ends {
    /// It is walked so.
    Walk(Origin, Target),
    /// It leads nowhere.
    None(Value),
}

/// Looks whether there is a way.
pub(super) async fn analyse(cx: &Context<'_>, path: &InsightsPath) -> Analysed {
    let scope = &cx.scope;
    let walked = cx.driver.read(|engine| match ends(engine, scope, path) {
        Ends::None(explanation) => Err(explanation),
        Ends::Walk(from, to) => Ok(walk(engine, path, from, to)),
    });
    let walked = match walked {
        Ok(Some(walked)) => walked,
        Ok(None) => return nowhere(json!({"ExplanationCode": "NO_PATH"})),
        Err(explanation) => return nowhere(explanation),
    };
    let arrives = walked.verdict != Reached::Stopped;
    if arrives && !comes_from(&walked, path.at_destination.source) {
        return nowhere(json!({"ExplanationCode": "FILTER_AT_DESTINATION_SOURCE_ADDRESS"}));
    }
    let near = walked.leaves && !cx.driver.node().await.is_outside(walked.destination);
    cx.driver.read(|engine| View { engine, scope, path: &walked }.told(near))
}

fn nowhere(explanation: Value) -> Analysed {
    let told = json!({"ForwardPathComponents": [], "ReturnPathComponents": [],
        "Explanations": [explanation]});
    Analysed { found: false, told }
}

/// That a path leads nowhere, for a reason with what it is of.
fn closed(code: &str, more: Value) -> Ends {
    let mut explanation = json!({"ExplanationCode": code});
    for (name, value) in more.as_object().into_iter().flatten() {
        explanation[name] = value.clone();
    }
    Ends::None(explanation)
}

/// From where to where a path is walked.
fn ends(engine: &Engine, scope: &Scope, path: &InsightsPath) -> Ends {
    let vpc = |end: PathEnd| -> Option<Option<VpcId>> {
        match end {
            PathEnd::Eni(id) => engine.eni(scope, id).ok().map(|eni| Some(eni.vpc)),
            PathEnd::Gateway(id) => {
                engine.find::<InternetGateway>(scope, id).ok().map(|gateway| gateway.vpc)
            }
        }
    };
    let mut vpcs = BTreeSet::new();
    for end in [Some(path.source), path.destination].into_iter().flatten() {
        match vpc(end) {
            None => return closed("NO_SOURCE_OR_DESTINATION", json!({})),
            Some(None) => {
                return closed("UNASSOCIATED_COMPONENT", json!({"Component": shown(scope, end)}));
            }
            Some(Some(vpc)) => {
                vpcs.insert(vpc);
            }
        }
    }
    if vpcs.len() > 1 && !is_peered(engine, path) {
        return closed("DISCONNECTED_VPCS", json!({}));
    }
    between(engine, scope, path)
}

/// Whether the ends of a path are in VPCs that have an active peering connection.
fn is_peered(engine: &Engine, path: &InsightsPath) -> bool {
    let (PathEnd::Eni(from), Some(PathEnd::Eni(to))) = (path.source, path.destination) else {
        return false;
    };
    let walked = engine.reach(Origin::Eni(from), Target::Eni(to), Content::Tcp(443));
    !matches!(walked, Err(ReachRefusal::Elsewhere(..)))
}

/// The same within one VPC, or two that are peers.
fn between(engine: &Engine, scope: &Scope, path: &InsightsPath) -> Ends {
    let named = path.at_destination.destination.or(path.at_source.destination);
    let is_not_it = |code: &str| closed(code, json!({}));
    if let Some(code) = contradicted(engine, path) {
        return is_not_it(code);
    }
    match (path.source, path.destination) {
        (PathEnd::Eni(from), Some(PathEnd::Eni(to))) => {
            let to = match named.filter(|named| is_secondary(engine, (scope, to), *named)) {
                Some(secondary) => Target::Address(secondary),
                None => Target::Eni(to),
            };
            Ends::Walk(sender(engine, from, path), to)
        }
        (PathEnd::Eni(from), Some(PathEnd::Gateway(_)) | None) => {
            let to = named.unwrap_or(SOMEBODY);
            if engine.is_public_address(to) {
                // As AWS has it, each half is a path by itself.
                return is_not_it("IGW_NAT_REFLECTION");
            }
            Ends::Walk(sender(engine, from, path), Target::Address(to))
        }
        (PathEnd::Gateway(_), Some(PathEnd::Eni(to))) => {
            let source = path.at_source.source.unwrap_or(SOMEBODY);
            if source.is_private() {
                return is_not_it("IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS");
            }
            match engine.public_of(to) {
                Some(_) => Ends::Walk(Origin::Outside(source), Target::Eni(to)),
                None => {
                    let eni = shown(scope, PathEnd::Eni(to));
                    let gateway = shown(scope, path.source);
                    closed(
                        "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
                        json!({"Direction": "ingress", "NetworkInterface": eni,
                            "InternetGateway": gateway}),
                    )
                }
            }
        }
        (PathEnd::Gateway(_), to) => {
            let source = path.at_source.source.unwrap_or(SOMEBODY);
            match (to, named) {
                (None, Some(to)) => Ends::Walk(Origin::Outside(source), Target::Address(to)),
                _ => is_not_it("NO_PATH"),
            }
        }
    }
}

/// An ENI that sends, by the one of its addresses that is demanded.
fn sender(engine: &Engine, eni: EniId, path: &InsightsPath) -> Origin {
    match path.at_source.source.filter(|wanted| is_secondary(engine, (&path.scope, eni), *wanted)) {
        Some(secondary) => Origin::Secondary(eni, secondary),
        None => Origin::Eni(eni),
    }
}

fn is_secondary(engine: &Engine, (scope, eni): (&Scope, EniId), address: Ipv4Addr) -> bool {
    let mut secondary =
        engine.eni(scope, eni).into_iter().flat_map(|eni| engine.private_addresses(eni).skip(1));
    secondary.any(|own| own == address)
}

/// What a path's filters demand of its ends that those do not have, by its code.
fn contradicted(engine: &Engine, path: &InsightsPath) -> Option<&'static str> {
    let eni = |end: Option<PathEnd>| match end {
        Some(PathEnd::Eni(id)) => engine.eni(&path.scope, id).ok(),
        Some(PathEnd::Gateway(_)) | None => None,
    };
    let (from, to) = (eni(Some(path.source)), eni(path.destination));
    if let (Some(wanted), Some(from)) = (path.at_source.source, from)
        && !engine.private_addresses(from).any(|own| own == wanted)
    {
        return Some("FILTER_AT_SOURCE_SOURCE_ADDRESS");
    }
    let (there, here) = (path.at_destination.destination, path.at_source.destination);
    let Some(to) = to else {
        let differ = there.is_some() && here.is_some() && there != here;
        return differ.then_some("FILTER_AT_DESTINATION_DESTINATION_ADDRESS");
    };
    // What comes in is sent to the public address, which becomes the private one on the way.
    let public = engine.public_of(to.id).map(|ip| ip.address).filter(|_| from.is_none());
    let is_it = |wanted: Option<Ipv4Addr>| {
        wanted.is_none_or(|wanted| {
            let mut secondary = engine.private_addresses(to).skip(1).filter(|_| from.is_some());
            wanted == to.address || Some(wanted) == public || secondary.any(|own| own == wanted)
        })
    };
    match (is_it(here), is_it(there)) {
        (false, _) => Some("FILTER_AT_SOURCE_DESTINATION_ADDRESS"),
        (_, false) => Some("FILTER_AT_DESTINATION_DESTINATION_ADDRESS"),
        (true, true) => None,
    }
}

/// Whether what is walked comes from an address that is demanded of it where it arrives.
fn comes_from(walked: &ReachPath, wanted: Option<Ipv4Addr>) -> bool {
    let becomes = |hop: &Hop| match hop.by {
        Some(By::Route { public, .. }) => public,
        _ => None,
    };
    wanted.is_none_or(|wanted| {
        walked.source == wanted || walked.hops.iter().any(|hop| becomes(hop) == Some(wanted))
    })
}

/// Walks a path, by any port that it may be of; where none leads there, by one that gets farthest.
fn walk(engine: &Engine, path: &InsightsPath, from: Origin, to: Target) -> Option<ReachPath> {
    // No port becomes another one on the way.
    let ports = [path.at_source.ports, path.at_destination.ports];
    let is_any = ports.iter().all(Option::is_none);
    let both = |(first, last): (u16, u16), (from, to)| (first.max(from), last.min(to));
    let (first, last) = ports.into_iter().flatten().fold((1, u16::MAX), both);
    if first > last {
        return None;
    }
    let within = |port: &u16| (first..=last).contains(port);
    let begins = begins(engine, path).into_iter().filter(within);
    let usual = if is_any { 443 } else { first };
    let mut shut = None;
    for port in std::iter::once(usual).chain(begins).take(TRIED) {
        let content = match path.protocol {
            PathProtocol::Tcp => Content::Tcp(port),
            PathProtocol::Udp => Content::Udp(port),
        };
        let told = engine.reach(from, to, content).ok()?;
        let walked = told.paths.into_iter().next()?;
        if walked.verdict != Reached::Stopped {
            return Some(walked);
        }
        let passed = |path: &ReachPath| path.hops.iter().filter(|hop| hop.passes).count();
        shut = match shut {
            Some(farther) if passed(&farther) >= passed(&walked) => Some(farther),
            _ => Some(walked),
        };
    }
    shut
}

/// Each port at which another rule of the scope's groups and network ACLs may decide.
fn begins(engine: &Engine, path: &InsightsPath) -> BTreeSet<u16> {
    let of = |protocol: Protocol| match protocol {
        Protocol::Tcp(Ports { first, last }) | Protocol::Udp(Ports { first, last }) => {
            [Some(first), last.checked_add(1)]
        }
        _ => [None, None],
    };
    let enis = [Some(path.source), path.destination].into_iter().flatten();
    let enis = enis.filter_map(|end| match end {
        PathEnd::Eni(id) => engine.eni(&path.scope, id).ok(),
        PathEnd::Gateway(_) => None,
    });
    let mut all = BTreeSet::new();
    for eni in enis {
        let groups = eni.groups.iter().filter_map(|id| engine.group(&path.scope, *id).ok());
        let rules = groups.flat_map(|group| group.rules.values().map(|rule| rule.spec.protocol));
        all.extend(rules.flat_map(of).flatten());
    }
    for acl in engine.all::<NetworkAcl>(&path.scope) {
        let entries = [Direction::Ingress, Direction::Egress];
        let entries = entries.into_iter().flat_map(|way| acl.entries(way).values());
        all.extend(entries.flat_map(|entry| of(entry.protocol)).flatten());
    }
    all
}

/// An end or any other component.
fn shown(scope: &Scope, end: PathEnd) -> Value {
    match end {
        PathEnd::Eni(id) => component(scope, "network-interface", id),
        PathEnd::Gateway(id) => component(scope, "internet-gateway", id),
    }
}

fn component(scope: &Scope, kind: &str, id: impl std::fmt::Display) -> Value {
    json!({"Id": id.to_string(), "Arn": show::arn(scope, kind, &id)})
}

/// A way that was walked, to be shown.
struct View<'a> {
    engine: &'a Engine,
    scope: &'a Scope,
    path: &'a ReachPath,
}

impl View<'_> {
    fn told(&self, near: bool) -> Analysed {
        let found = self.path.verdict != Reached::Stopped && !near;
        let closed = self.path.hops.iter().find(|hop| !hop.passes);
        let explanations: Vec<Value> = match closed {
            _ if found => Vec::new(),
            _ if near => vec![self.near()],
            Some(hop) => vec![self.explanation(hop)],
            None => vec![json!({"ExplanationCode": "NO_PATH"})],
        };
        let passed = |is_reply: bool| {
            self.path.hops.iter().filter(move |hop| hop.passes && hop.is_reply == is_reply)
        };
        let forward = self.components(passed(false), false);
        let back = match found {
            true => self.components(passed(true), true),
            false => Vec::new(),
        };
        let told = json!({"ForwardPathComponents": forward, "ReturnPathComponents": back,
            "Explanations": explanations});
        Analysed { found, told }
    }

    /// The components of one way, in their order; the ends of it are those of the connection.
    fn components<'a>(&self, hops: impl Iterator<Item = &'a Hop>, is_reply: bool) -> Vec<Value> {
        let receiver = self.path.hops.iter().find_map(|hop| match hop.by {
            Some(By::Route { eni: Some(eni), .. } | By::Arrival { eni, .. }) => Some(eni),
            _ => None,
        });
        let sender = self.path.eni;
        let (first, last) = if is_reply { (receiver, sender) } else { (sender, receiver) };
        let mut all: Vec<Value> = first.map(|eni| self.eni(eni)).into_iter().collect();
        all.extend(hops.flat_map(|hop| self.of_hop(hop)));
        let arrives = is_reply || self.path.hops.iter().all(|hop| hop.is_reply || hop.passes);
        all.extend(last.filter(|_| arrives).map(|eni| self.eni(eni)));
        for (at, each) in all.iter_mut().enumerate() {
            each["SequenceNumber"] = (at + 1).into();
        }
        all
    }

    fn eni(&self, id: EniId) -> Value {
        let mut shown = json!({"Component": component(self.scope, "network-interface", id)});
        if let Ok(eni) = self.engine.eni(self.scope, id) {
            shown["Subnet"] = component(self.scope, "subnet", eni.subnet);
            shown["Vpc"] = component(self.scope, "vpc", eni.vpc);
        }
        shown
    }

    fn of_hop(&self, hop: &Hop) -> Vec<Value> {
        match &hop.by {
            Some(By::GroupRule { group, rule }) => {
                let way = if hop.gate == Gate::EgressGroups { "egress" } else { "ingress" };
                vec![json!({"Component": component(self.scope, "security-group", group),
                    "SecurityGroupRule": self.group_rule(*group, *rule, way)})]
            }
            Some(By::Acl { rule, .. }) => {
                let is_egress = hop.gate == Gate::EgressAcl;
                vec![json!({"Component": component(self.scope, "network-acl", rule.acl),
                    "AclRule": self.acl_rule(*rule, is_egress)})]
            }
            Some(By::Route { table, destination, nat, gateway, .. }) => {
                let target = self.target(*table, *destination);
                let (mut peering, mut middlebox) = (None, None);
                match target {
                    Some(RouteTarget::Peering(id)) => peering = Some(id),
                    Some(RouteTarget::NetworkInterface(id)) => middlebox = Some(id),
                    _ => {}
                }
                let is_local = target.is_none() && nat.is_none() && gateway.is_none();
                let route = json!({
                    "DestinationCidr": destination.map(|block| block.to_string()),
                    "GatewayId": match gateway {
                        Some(gateway) if nat.is_none() => Some(gateway.to_string()),
                        _ => is_local.then(|| "local".to_owned()),
                    },
                    "NatGatewayId": nat.map(|nat| nat.to_string()),
                    "NetworkInterfaceId": middlebox.map(|id| id.to_string()),
                    "VpcPeeringConnectionId": peering.map(|id| id.to_string()),
                    "State": "active",
                });
                let mut all: Vec<Value> = table
                    .map(|table| {
                        json!({"Component": component(self.scope, "route-table", table),
                            "RouteTableRoute": route})
                    })
                    .into_iter()
                    .collect();
                all.extend(
                    nat.map(|nat| json!({"Component": component(self.scope, "natgateway", nat)})),
                );
                all.extend(gateway.map(|gateway| self.gateway(gateway)));
                all.extend(middlebox.map(|id| self.eni(id)));
                all.extend(peering.map(
                    |id| json!({"Component": component(self.scope, "vpc-peering-connection", id)}),
                ));
                all
            }
            Some(By::Arrival { gateway: Some(gateway), .. }) => vec![self.gateway(*gateway)],
            // Paths are of IPv4.
            Some(By::Arrival { gateway: None, .. } | By::Groups { .. } | By::Route6 { .. })
            | None => Vec::new(),
        }
    }

    /// Where the route of a table leads that is for a block; nowhere where it is the local one.
    fn target(&self, table: Option<RouteTableId>, block: Option<Cidr>) -> Option<RouteTarget> {
        let table = self.engine.find::<RouteTable>(self.scope, table?).ok()?;
        table.routes.iter().find(|route| Some(route.destination) == block).map(|route| route.target)
    }

    fn gateway(&self, id: InternetGatewayId) -> Value {
        json!({"Component": component(self.scope, "internet-gateway", id)})
    }

    fn group_rule(&self, group: GroupId, rule: RuleId, way: &str) -> Value {
        let found = self.engine.group(self.scope, group).ok();
        let Some(rule) = found.and_then(|group| group.rules.get(&rule)) else {
            return Value::Null;
        };
        let RuleSpec { protocol: of, peer, .. } = &rule.spec;
        let mut shown = json!({"Direction": way, "Protocol": protocol(*of),
            "PortRange": port_range(*of)});
        match peer {
            Peer::Cidr(block) => shown["Cidr"] = block.to_string().into(),
            Peer::Cidr6(block) => shown["Cidr"] = block.to_string().into(),
            Peer::Group(group) => shown["SecurityGroupId"] = group.to_string().into(),
            Peer::List(list) => shown["PrefixListId"] = list.to_string().into(),
        }
        shown
    }

    fn acl_rule(&self, rule: AclRule, is_egress: bool) -> Value {
        let way = if is_egress { Direction::Egress } else { Direction::Ingress };
        let acl = self.engine.find::<NetworkAcl>(self.scope, rule.acl).ok();
        let entry = rule.rule.and_then(|number| acl?.entries(way).get(&number));
        match (rule.rule, entry) {
            (Some(number), Some(entry)) => json!({
                "Cidr": match entry.block {
                    AclBlock::V4(block) => block.to_string(),
                    AclBlock::V6(block) => block.to_string(),
                },
                "Egress": is_egress,
                "PortRange": port_range(entry.protocol),
                "Protocol": protocol(entry.protocol),
                "RuleAction": if entry.allows { "allow" } else { "deny" },
                "RuleNumber": number,
            }),
            // The one at the end of every network ACL.
            _ => json!({"Cidr": "0.0.0.0/0", "Egress": is_egress, "Protocol": "all",
                "RuleAction": "deny", "RuleNumber": 32_767}),
        }
    }

    /// What is outside of VPCs, and no part of the internet.
    fn near(&self) -> Value {
        let code = match self.path.destination {
            IpAddr::V4(to) if to.is_private() => "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
            IpAddr::V4(to) if matches!(to.octets(), [100, 64..=127, ..]) => {
                "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS"
            }
            _ => "NO_POSSIBLE_DESTINATION",
        };
        json!({"ExplanationCode": code, "Direction": "egress",
            "Address": self.path.destination.to_string()})
    }

    /// What AWS says of a gate that is closed.
    fn explanation(&self, hop: &Hop) -> Value {
        let is_egress = matches!(hop.gate, Gate::EgressGroups | Gate::EgressAcl | Gate::Route);
        let mut told = json!({"Direction": if is_egress { "egress" } else { "ingress" }});
        if let Some(eni) = self.path.eni.and_then(|id| self.engine.eni(self.scope, id).ok()) {
            told["Vpc"] = component(self.scope, "vpc", eni.vpc);
        }
        let code = match (&hop.by, hop.reason) {
            (Some(By::Groups { eni, groups }), _) => {
                told["NetworkInterface"] =
                    eni.map_or(Value::Null, |eni| component(self.scope, "network-interface", eni));
                let named = groups.iter().map(|id| component(self.scope, "security-group", id));
                told["SecurityGroups"] = named.collect();
                let way = if is_egress { Direction::Egress } else { Direction::Ingress };
                let groups = groups.iter().filter_map(|id| self.engine.group(self.scope, *id).ok());
                let mut rules = groups.flat_map(|group| group.rules.values());
                match rules.any(|rule| rule.direction == way) {
                    true => "ENI_SG_RULES_MISMATCH",
                    false => "SG_HAS_NO_RULES",
                }
            }
            (Some(By::Acl { subnet, rule }), _) => {
                told["Acl"] = component(self.scope, "network-acl", rule.acl);
                told["AclRule"] = self.acl_rule(*rule, is_egress);
                told["Subnet"] =
                    subnet.map_or(Value::Null, |id| component(self.scope, "subnet", id));
                "SUBNET_ACL_RESTRICTION"
            }
            (by, Some(reason)) => self.of_route(reason, by.as_ref(), &mut told),
            (_, None) if hop.gate == Gate::Arrival => "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            (_, None) => "NO_POSSIBLE_DESTINATION",
        };
        told["ExplanationCode"] = code.into();
        told
    }

    /// The code for what was dropped where routes decide, with what they are of.
    fn of_route(&self, reason: DropReason, by: Option<&By>, told: &mut Value) -> &'static str {
        if let Some(By::Route { table, destination, nat, gateway, .. }) = by {
            let known = |kind, id: Option<String>| {
                id.map_or(Value::Null, |id| component(self.scope, kind, id))
            };
            told["RouteTable"] = known("route-table", table.map(|id| id.to_string()));
            told["NatGateway"] = known("natgateway", nat.map(|id| id.to_string()));
            told["InternetGateway"] = known("internet-gateway", gateway.map(|id| id.to_string()));
            if let Some(block) = destination {
                let state = if reason == DropReason::Blackhole { "blackhole" } else { "active" };
                told["RouteTableRoute"] = json!({
                    "DestinationCidr": block.to_string(),
                    "GatewayId": gateway.map(|id| id.to_string()),
                    "NatGatewayId": nat.map(|id| id.to_string()),
                    "State": state,
                });
            }
        }
        let eni = self.path.eni.map(|id| component(self.scope, "network-interface", id));
        // Who has the destination, and is attached to nothing.
        if let (DropReason::NoOwner, Some(By::Route { eni: Some(idle), .. })) = (reason, by) {
            told["NetworkInterface"] = component(self.scope, "network-interface", idle);
        }
        match reason {
            DropReason::NoRoute | DropReason::NatRoute => "NO_ROUTE_TO_DESTINATION",
            DropReason::Blackhole => "BAD_STATE_ROUTE",
            DropReason::NoPublicAddress => {
                told["NetworkInterface"] = eni.unwrap_or_default();
                told["Address"] = self.path.source.to_string().into();
                "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
            }
            DropReason::NatProtocol => "PROTOCOL_RESTRICTION",
            DropReason::Spoofed => "GATEWAY_REJECTS_SPOOFED_TRAFFIC",
            _ => "NO_POSSIBLE_DESTINATION",
        }
    }
}

fn protocol(protocol: Protocol) -> String {
    match protocol {
        Protocol::All => "all".to_owned(),
        Protocol::Tcp(_) => "tcp".to_owned(),
        Protocol::Udp(_) => "udp".to_owned(),
        Protocol::Icmp { .. } => "icmp".to_owned(),
        Protocol::Icmp6 { .. } => "icmpv6".to_owned(),
        Protocol::Number(number) => number.to_string(),
    }
}

fn port_range(protocol: Protocol) -> Value {
    match protocol {
        Protocol::Tcp(Ports { first, last }) | Protocol::Udp(Ports { first, last }) => {
            json!({"From": first, "To": last})
        }
        _ => Value::Null,
    }
}
