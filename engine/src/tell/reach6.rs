//! Reach by IPv6 in words, as `reach.rs` has it of IPv4. Addresses are global: between VPCs packets go by
//! the gateways of both as they are, and what is of no VPC of this installation is not reached at all.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::base::id::{EniId, GroupId, InternetGatewayId, RouteTableId, RuleId, Version};
use crate::engine::Engine;
use crate::network::reach::{Content, Reach};
use crate::node::PacketDrop;
use crate::plan::{DropReason, EniPlan, GroupPlan, Holder, RouteTarget6, SubnetPlan, VpcPlan};
use crate::record::eni::EniUser;
use crate::record::group::Direction;
use crate::record::route_table::{Route6, Target6};
use crate::tell::gates::gate;
use crate::tell::hop::{By, Gate, Hop, Reached};
use crate::tell::idle::{attached_instead, tell_idle};
use crate::tell::outside::OF_HOST;
use crate::tell::reach::{
    Begin, Origin, ReachPath, ReachRefusal, ReachTold, Sender, groups_of, holder,
};
use crate::tell::replies6::Replies6;
use crate::tell::words::Teller;

/// A VPC as far as both ends of a way are concerned: of all ENIs these alone have an address that a rule of
/// theirs is asked about.
struct Judged<'a> {
    vpc: &'a VpcPlan,
    groups: BTreeMap<GroupId, GroupPlan>,
    enis: BTreeMap<EniId, EniPlan>,
}

impl<'a> Judged<'a> {
    fn new(vpc: &'a VpcPlan, ends: &[&EniPlan]) -> Judged<'a> {
        let own = ends.iter().copied().filter(|eni| eni.vpc == vpc.vpc);
        let groups = groups_of(vpc, own.clone());
        Judged { vpc, groups, enis: own.map(|eni| (eni.eni, eni.clone())).collect() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach { vpc: self.vpc, groups: &self.groups, enis: &self.enis }
    }
}

/// One way to be judged: both ends, and what is sent.
pub(super) struct Way6<'a> {
    pub(super) reach: &'a Reach<'a>,
    /// The VPC that has the destination, where it is another one.
    pub(super) beyond: Option<&'a Reach<'a>>,
    pub(super) sender: &'a EniPlan,
    /// Whether the sender's ENI is yet to be made.
    pub(super) is_to_be: bool,
    pub(super) receiver: Option<&'a EniPlan>,
    pub(super) source: Ipv6Addr,
    pub(super) destination: Ipv6Addr,
    pub(super) content: Content,
}

impl Way6<'_> {
    /// The drop that would be told for a reason.
    fn drop(&self, reason: DropReason, is_reply: bool, port: u16) -> PacketDrop {
        let (own, protocol) = match self.content {
            Content::Tcp(port) | Content::Udp(port) => (port, self.content.number()),
            Content::Icmp(..) => (0, 58),
            Content::Other(number) => (0, number),
        };
        let (source, destination) = match is_reply {
            false => (self.source, (self.destination, own)),
            true => (self.destination, (self.source, port)),
        };
        let is_there = match reason {
            DropReason::AclIngress(_) | DropReason::Ingress | DropReason::OneWay => !is_reply,
            DropReason::AclEgress(_) | DropReason::NoRouteBack => is_reply,
            _ => false,
        };
        let at = self.beyond.filter(|_| is_there).unwrap_or(self.reach);
        PacketDrop {
            vpc: Some(at.vpc.vpc),
            eni: (!self.is_to_be).then_some(self.sender.eni),
            environment: None,
            is_reply,
            source: source.into(),
            destination: (destination.0, destination.1).into(),
            protocol,
            reason,
            packets: 1,
            is_least: false,
        }
    }
}

impl Engine {
    /// Tells whether an address of IPv6 is reached, gate by gate; from this one of the sender's addresses, or
    /// else from each, since which of them is taken is its kernel's to choose.
    ///
    /// # Errors
    /// When there is no way to be told of.
    pub fn reach6(
        &self,
        from: (Origin, Option<Ipv6Addr>),
        to: Ipv6Addr,
        content: Content,
    ) -> Result<ReachTold, ReachRefusal> {
        let teller = self.teller();
        let paths = teller.paths6(from, to, content)?;
        let held = self.network.held6.get(&to).and_then(|id| self.network.enis.get(id));
        let named = held.map(|eni| format!("{} ({to})", teller.holder_name(eni)));
        Ok(teller.told(from.0, named.unwrap_or_else(|| to.to_string()), content, paths))
    }
}

impl Teller<'_> {
    /// The ways by IPv6 from whoever begins a connection.
    pub(super) fn paths6(
        &self,
        (from, source): (Origin, Option<Ipv6Addr>),
        destination: Ipv6Addr,
        content: Content,
    ) -> Result<Vec<ReachPath>, ReachRefusal> {
        let ports = self.ports(from);
        Ok(match self.origin(from)? {
            Begin::Outside(source) => Vec::from([path_without6(source, destination)]),
            Begin::Enis(senders) => {
                let path = |(sender, source): (Sender, Option<Ipv6Addr>)| match self.sender6(
                    (from, source),
                    sender,
                    destination,
                ) {
                    Ok((sender, source)) => {
                        self.path6((&sender, source), destination, content, ports)
                    }
                    Err(path) => *path,
                };
                let sources = |sender: Sender| -> Vec<(Sender, Option<Ipv6Addr>)> {
                    let own = &sender.plan.addresses6;
                    if source.is_some() || own.is_empty() {
                        return Vec::from([(sender, source)]);
                    }
                    own.clone().into_iter().map(|own| (sender.clone(), Some(own))).collect()
                };
                senders.into_iter().flat_map(sources).map(path).collect()
            }
        })
    }

    /// Who sends, and from which address; or the way that is none, since it has no such address, with what
    /// would give it one.
    fn sender6(
        &self,
        (from, source): (Origin, Option<Ipv6Addr>),
        mut sender: Sender,
        destination: Ipv6Addr,
    ) -> Result<(Sender, Ipv6Addr), Box<ReachPath>> {
        let subnet = sender.plan.subnet;
        let without = |sender: &Sender, text: String, mend: Option<String>| {
            let hops = Vec::from([Hop::closed(false, Gate::Route, text)]);
            Err(Box::new(ReachPath {
                eni: (!sender.is_to_be).then_some(sender.plan.eni),
                subnet: Some(subnet),
                mend,
                ..stopped(sender.plan.address.into(), destination, hops)
            }))
        };
        let known = sender.plan.addresses6.first().copied();
        let (id, version) = match (from, source.or(known)) {
            (Origin::Function(id, version), _) => (id, version),
            (_, Some(address)) => return Ok((sender, address)),
            (_, None) => {
                let id = sender.plan.eni;
                let mend = format!(
                    "aws ec2 assign-ipv6-addresses --network-interface-id {id} --ipv6-address-count 1"
                );
                return without(&sender, format!("{id} has no IPv6 address"), Some(mend));
            }
        };
        let config = self.compute.functions.by_id.get(&id);
        let config = config.and_then(|known| known.configuration(version)?.in_force().vpc.as_ref());
        if let Some(config) = config.filter(|config| !config.ipv6) {
            let list = |ids: Vec<String>| ids.join(",");
            let subnets = list(config.subnets.iter().map(ToString::to_string).collect());
            let groups = list(config.groups.iter().map(ToString::to_string).collect());
            let name = self.function_name(id);
            let mend = format!(
                "aws lambda update-function-configuration --function-name {name} --vpc-config \
                 SubnetIds={subnets},SecurityGroupIds={groups},Ipv6AllowedForDualStack=true"
            );
            let of = if version == Version(0) { String::new() } else { format!(":{}", version.0) };
            let text = format!(
                "function {name}{of} has no IPv6: its VpcConfig is without Ipv6AllowedForDualStack"
            );
            return without(&sender, text, Some(mend));
        }
        let plan = self.network.planned(sender.plan.vpc);
        let block = plan.subnets.iter().find(|known| known.subnet == subnet);
        let Some(block) = block.and_then(|known| known.cidr6) else {
            return without(&sender, format!("{subnet} has no IPv6 block"), None);
        };
        let address = known.unwrap_or_else(|| {
            // The ENI that it has was made for IPv4 alone: it is to have another one.
            sender.is_to_be = true;
            let first = Ipv6Addr::from(u128::from(block.base()) + 4);
            let (eni, holder) = (EniId(0), Holder::Environment);
            sender.plan =
                EniPlan { eni, holder, addresses6: [first].into(), ..sender.plan.clone() };
            first
        });
        Ok((sender, address))
    }

    fn path6(
        &self,
        (sender, source): (&Sender, Ipv6Addr),
        destination: Ipv6Addr,
        content: Content,
        ports: (u16, u16),
    ) -> ReachPath {
        let Sender { plan: sender, is_to_be } = sender;
        let receiver = self.receiver6(destination);
        let ends: Vec<&EniPlan> = [Some(sender), receiver.as_ref()].into_iter().flatten().collect();
        let own = Judged::new(self.network.planned(sender.vpc), &ends);
        let has = |vpc: &&VpcPlan| vpc.cidrs6.iter().any(|block| block.contains(destination));
        let mut vpcs = self.network.vpcs.keys().map(|id| self.network.planned(*id));
        let other = vpcs.find(has).filter(|vpc| vpc.vpc != sender.vpc);
        let other = other.map(|vpc| Judged::new(vpc, &ends));
        let (reach, beyond) = (own.reach(), other.as_ref().map(Judged::reach));
        let way = Way6 {
            reach: &reach,
            beyond: beyond.as_ref(),
            sender,
            is_to_be: *is_to_be,
            receiver: receiver.as_ref(),
            source,
            destination,
            content,
        };
        let mut hops = Vec::new();
        let (verdict, mend) = match self.there6(&way, &mut hops) {
            Ok(()) => self.back6(&way, ports, &mut hops),
            Err(mend) => (Reached::Stopped, mend),
        };
        ReachPath {
            eni: (!is_to_be).then_some(sender.eni),
            subnet: Some(sender.subnet),
            verdict,
            mend,
            ..stopped(source.into(), destination, hops)
        }
    }

    /// Who takes packets to an address.
    fn receiver6(&self, address: Ipv6Addr) -> Option<EniPlan> {
        let found = self.network.enis.get(self.network.held6.get(&address)?)?;
        // What is attached to nothing takes nothing.
        let is_there = !matches!(found.user, EniUser::Customer | EniUser::Released(_));
        is_there.then(|| self.network.eni_plan(found.id, holder(found)))
    }

    /// The gates on the way there, up to the one that is closed.
    ///
    /// # Errors
    /// What would open that, if something would.
    fn there6(&self, way: &Way6<'_>, hops: &mut Vec<Hop>) -> Result<(), Option<String>> {
        let Way6 { source, destination, content, .. } = *way;
        let met = way.reach.permitting6(way.sender, Direction::Egress, destination, content);
        let met =
            met.ok_or(DropReason::Egress).map_err(|reason| self.closed6(way, reason, hops))?;
        self.open_by_group(Gate::EgressGroups, met, "out", hops);
        let met = way.reach.boundary6(source, destination, Direction::Egress, content);
        if let Some(met) = met {
            if !met.allows {
                return Err(self.closed6(way, DropReason::AclEgress(met.rule), hops));
            }
            let (text, by) = self.crossed(&met, "out");
            hops.push(Hop::open(false, Gate::EgressAcl, text, by));
        }
        let vpc = way.reach.vpc;
        let table = vpc.subnets.iter().find(|known| known.subnet == way.sender.subnet);
        let table = table.map(|known| known.table);
        let named = table.map_or_else(String::new, |table| format!("{table}: "));
        let Some(block) = vpc.cidrs6.iter().find(|block| block.contains(destination)) else {
            vpc.exit6(way.sender.subnet, destination)
                .map_err(|reason| self.closed6(way, reason, hops))?;
            let led = self.network.led6(way.sender.subnet, destination);
            if let Some(route) = led.and_then(|(_, route)| route) {
                let text = format!("{named}{} leads out by {}", route.destination, route.target);
                let by = route6(table, Some(route), None);
                hops.push(Hop::open(false, Gate::Route, text, Some(by)));
            }
            return self.arrive6(way, hops);
        };
        let receiver = match way.receiver {
            None => return Err(self.closed6(way, DropReason::NoOwner, hops)),
            Some(eni) if eni.holder == Holder::Shared => {
                return Err(self.closed6(way, DropReason::OneWay, hops));
            }
            Some(eni) => eni,
        };
        let held = self.held_by6(receiver);
        let text = format!("{named}{block} is local, {destination} is {held}");
        let by = By::Route6 {
            table,
            destination: Some(*block),
            gateway: None,
            egress_only: None,
            eni: Some(receiver.eni),
        };
        hops.push(Hop::open(false, Gate::Route, text, Some(by)));
        self.enter6(way, way.reach, receiver, hops)
    }

    fn held_by6(&self, eni: &EniPlan) -> String {
        let known = self.network.enis.get(&eni.eni);
        known.map_or_else(|| eni.eni.to_string(), |eni| self.holder_name(eni))
    }

    /// What comes into another VPC by its internet gateway.
    fn arrive6(&self, way: &Way6<'_>, hops: &mut Vec<Hop>) -> Result<(), Option<String>> {
        let destination = way.destination;
        let mut close = |text| hops.push(Hop::closed(false, Gate::Arrival, text));
        let Some(at) = way.beyond else {
            close(format!("no VPC of this installation has {destination}"));
            return Err(None);
        };
        let id = at.vpc.vpc;
        let Some(receiver) = way.receiver else {
            let idle = self.idle(Some(id), destination.into());
            close(match idle {
                Some(eni) => tell_idle(eni, destination.into()),
                None => format!("no ENI of {id} has {destination}"),
            });
            return Err(idle.map(attached_instead));
        };
        let holds = format!("{destination} is {}", self.held_by6(receiver));
        let has = |subnet: &&SubnetPlan| subnet.subnet == receiver.subnet;
        let table = at.vpc.subnets.iter().find(has).map(|subnet| subnet.table);
        let Some(gateway) = table.and_then(|table| open_way(at.vpc, table)) else {
            let named = table.map_or_else(String::new, |table| format!("{table} of "));
            close(format!(
                "{holds}, but {named}{} has no route of IPv6 to an internet gateway, by which it would \
                 be reached",
                receiver.subnet
            ));
            let all = self.network.internet_gateways.values();
            let gateway =
                all.filter(|gateway| gateway.vpc == Some(id)).map(|gateway| gateway.id).next();
            return Err(table.zip(gateway).map(|(table, gateway)| {
                format!(
                    "aws ec2 {}-route --route-table-id {table} --destination-ipv6-cidr-block ::/0 \
                     --gateway-id {gateway}",
                    self.how_to_lead(table)
                )
            }));
        };
        let by = Some(By::Arrival { vpc: id, gateway: Some(gateway), eni: receiver.eni });
        hops.push(Hop::open(false, Gate::Arrival, format!("{gateway} of {id}: {holds}"), by));
        if receiver.holder == Holder::Shared {
            return Err(self.closed6(way, DropReason::OneWay, hops));
        }
        self.enter6(way, at, receiver, hops)
    }

    /// The gates of the receiver.
    fn enter6(
        &self,
        way: &Way6<'_>,
        at: &Reach<'_>,
        receiver: &EniPlan,
        hops: &mut Vec<Hop>,
    ) -> Result<(), Option<String>> {
        let Way6 { source, destination, content, .. } = *way;
        if let Some(met) = at.boundary6(destination, source, Direction::Ingress, content) {
            if !met.allows {
                return Err(self.closed6(way, DropReason::AclIngress(met.rule), hops));
            }
            let (text, by) = self.crossed(&met, "in");
            hops.push(Hop::open(false, Gate::IngressAcl, text, by));
        }
        let met = at.permitting6(receiver, Direction::Ingress, source, content);
        let met =
            met.ok_or(DropReason::Ingress).map_err(|reason| self.closed6(way, reason, hops))?;
        self.open_by_group(Gate::IngressGroups, met, "in", hops);
        Ok(())
    }

    fn open_by_group(
        &self,
        gate: Gate,
        (group, rule): (GroupId, RuleId),
        what: &str,
        hops: &mut Vec<Hop>,
    ) {
        let text = format!("{rule} of {} lets it {what}", self.group_name(group));
        hops.push(Hop::open(false, gate, text, Some(By::GroupRule { group, rule })));
    }

    /// Adds the gate that a packet does not pass; what would open it is returned.
    fn closed6(&self, way: &Way6<'_>, reason: DropReason, hops: &mut Vec<Hop>) -> Option<String> {
        let groups_of = |eni: Option<&EniPlan>| -> Vec<GroupId> {
            eni.map_or_else(Vec::new, |eni| eni.groups.iter().copied().collect())
        };
        let sender = (!way.is_to_be).then_some(way.sender.eni);
        let (eni, asked) = match reason {
            DropReason::Egress => (sender, groups_of(Some(way.sender))),
            DropReason::Ingress => (way.receiver.map(|eni| eni.eni), groups_of(way.receiver)),
            _ => (None, Vec::new()),
        };
        let led = self.network.led6(way.sender.subnet, way.destination);
        let (text, by) = match reason {
            DropReason::NoRoute | DropReason::Blackhole | DropReason::Private => {
                let text = self.why_not_led6(way.sender.subnet, reason, way.destination);
                let by = led.map(|(table, route)| route6(Some(table), route, None));
                (text, by)
            }
            _ => {
                let text = self.why(&way.drop(reason, false, 0), &asked, None);
                let by = match reason {
                    DropReason::Egress | DropReason::Ingress => {
                        Some(By::Groups { eni, groups: asked })
                    }
                    DropReason::AclEgress(rule) | DropReason::AclIngress(rule) => {
                        let subnet = match reason {
                            DropReason::AclEgress(_) => Some(way.sender.subnet),
                            _ => way.receiver.map(|eni| eni.subnet),
                        };
                        Some(By::Acl { subnet, rule })
                    }
                    DropReason::NoOwner => {
                        let idle = self.idle(Some(way.sender.vpc), way.destination.into());
                        let table = led.map(|(table, _)| table);
                        idle.map(|eni| route6(table, None, Some(eni.id)))
                    }
                    _ => None,
                };
                (text, by)
            }
        };
        hops.push(Hop { by, reason: Some(reason), ..Hop::closed(false, gate(reason), text) });
        self.mend6(way, reason, None)
    }

    /// The gates that the reply meets, from all ports that the connection may be made from.
    fn back6(
        &self,
        way: &Way6<'_>,
        ports: (u16, u16),
        hops: &mut Vec<Hop>,
    ) -> (Reached, Option<String>) {
        let segments = Replies6 { way, ports }.segments();
        let why = |reason, port| self.why(&way.drop(reason, true, port), &[], None);
        match self.tell_back(&segments, hops, why) {
            None => (Reached::Reached, None),
            Some((verdict, reason, ports)) => {
                (verdict, self.mend6(way, reason, ports.or(Some((0, 0)))))
            }
        }
    }

    /// Whether a table's route to all of IPv6 is to be made, or to get another target.
    pub(super) fn how_to_lead(&self, table: RouteTableId) -> &'static str {
        let known = self.network.route_tables.get(&table);
        let has = known
            .is_some_and(|table| table.routes6.iter().any(|route| route.destination.prefix() == 0));
        if has { "replace" } else { "create" }
    }
}

/// The internet gateway by which a subnet with a table is reached.
fn open_way(vpc: &VpcPlan, table: RouteTableId) -> Option<InternetGatewayId> {
    let mut routes = vpc.tables.get(&table)?.routes6.iter();
    routes.find_map(|route| match route.target {
        RouteTarget6::InternetGateway(id) => Some(id),
        RouteTarget6::EgressOnly(_) | RouteTarget6::Blackhole => None,
    })
}

fn route6(table: Option<RouteTableId>, route: Option<Route6>, eni: Option<EniId>) -> By {
    let target = route.map(|route| route.target);
    By::Route6 {
        table,
        destination: route.map(|route| route.destination),
        gateway: match target {
            Some(Target6::InternetGateway(id)) => Some(id),
            _ => None,
        },
        egress_only: match target {
            Some(Target6::EgressOnly(id)) => Some(id),
            _ => None,
        },
        eni,
    }
}

/// The way by IPv6 from outside of VPCs, which is none.
pub(super) fn path_without6(source: Option<Ipv4Addr>, destination: Ipv6Addr) -> ReachPath {
    let text = "nothing leads by IPv6 from outside of VPCs, nor from functions without one";
    let hop = Hop::closed(false, Gate::Route, text.into());
    stopped(source.unwrap_or(OF_HOST).into(), destination, Vec::from([hop]))
}

/// A way that ends at the last of these gates.
fn stopped(source: IpAddr, destination: Ipv6Addr, hops: Vec<Hop>) -> ReachPath {
    ReachPath {
        source,
        eni: None,
        subnet: None,
        destination: destination.into(),
        leaves: false,
        verdict: Reached::Stopped,
        hops,
        mend: None,
    }
}
