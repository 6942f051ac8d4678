//! Routes: made, replaced and deleted in a table, and whether their targets are there.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{
    EniId, InternetGatewayId, Missing, NatGatewayId, PeeringId, PrefixListId, RouteTableId,
    SubnetId, VpcId,
};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::plan::{RoutePlan, RouteTarget};
use crate::record::eni::EniUser;
use crate::record::internet_gateway::InternetGateway;
use crate::record::nat_gateway::{NatGateway, NatState};
use crate::record::route_table::{Route, RouteTable, Target};
use crate::record::{Change, Record};
use crate::tell::led::Led;

/// Routes of a table beside the local one (AWS: 500).
pub(super) const ROUTES_PER_TABLE: usize = 500;

/// ENIs that the routes of one VPC lead to: a node tells packets that are led by as many numbers.
const MIDDLEBOXES_PER_VPC: usize = 1000;

/// Where AWS has services of its own, to which no route can be made.
const RESERVED: (Ipv4Addr, u8) = (Ipv4Addr::new(169, 254, 168, 0), 22);

/// `CreateRoute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// What it is.
    pub route: Route,
}

/// `ReplaceRoute`: the route to a destination gets another target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replace {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// What it is from now on.
    pub route: Route,
}

/// `ReplaceRoute` with `LocalTarget`: the VPC's own block is local again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restore {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// The block.
    pub destination: Cidr,
}

/// `DeleteRoute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// The one to this destination.
    pub destination: Cidr,
}

/// Why a question about routes is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such route table.
    NoTable(RouteTableId),
    /// The scope has no such internet gateway.
    NoGateway(InternetGatewayId),
    /// The scope has no such NAT gateway, or no longer.
    NoNat(NatGatewayId),
    /// The scope has no such ENI.
    NoEni(EniId),
    /// The ENI is in another VPC than the table.
    EniElsewhere(RouteTableId, EniId),
    /// The scope has no such peering connection, or no longer.
    NoPeering(PeeringId),
    /// Neither end of the peering connection is the table's VPC.
    PeeringElsewhere(RouteTableId, PeeringId),
    /// The ENI is a function's or a NAT gateway's, to which nothing is led.
    EniOfOthers(EniId),
    /// The gateway is not attached to the table's VPC.
    GatewayElsewhere(RouteTableId, InternetGatewayId),
    /// The NAT gateway is in another VPC than the table.
    NatElsewhere(RouteTableId, NatGatewayId),
    /// The table has a route to the destination.
    Exists(Cidr),
    /// The table has no route to the destination that could be replaced.
    NothingToReplace(Cidr),
    /// The table has no route to the destination that could be deleted.
    NoRoute(RouteTableId, Cidr),
    /// The local route cannot be deleted.
    Local(RouteTableId, Cidr),
    /// The route that is to be local again is none of the VPC's own block.
    NotLocal(Cidr),
    /// The destination lies within the VPC, where this target cannot lead to.
    Within(Cidr, Target),
    /// The destination lies within the VPC, and is no subnet's block.
    NoSubnetOf(Cidr),
    /// The destination lies where AWS has services of its own.
    Reserved(Cidr),
    /// The scope has no such prefix list.
    NoList(PrefixListId),
    /// The table has a route to the list.
    ListExists(PrefixListId),
    /// The table has no route to the list that could be replaced.
    NoListToReplace(PrefixListId),
    /// The table has no route to the list that could be deleted.
    NoListRoute(RouteTableId, PrefixListId),
    /// The route to the list is a gateway endpoint's.
    OfEndpoint(RouteTableId, PrefixListId),
    /// The table has as many routes as it may.
    TooMany,
}

impl From<Missing<RouteTableId>> for Refusal {
    fn from(Missing(id): Missing<RouteTableId>) -> Refusal {
        Refusal::NoTable(id)
    }
}

impl From<Missing<InternetGatewayId>> for Refusal {
    fn from(Missing(id): Missing<InternetGatewayId>) -> Refusal {
        Refusal::NoGateway(id)
    }
}

impl From<Missing<EniId>> for Refusal {
    fn from(Missing(id): Missing<EniId>) -> Refusal {
        Refusal::NoEni(id)
    }
}

impl From<Missing<NatGatewayId>> for Refusal {
    fn from(Missing(id): Missing<NatGatewayId>) -> Refusal {
        Refusal::NoNat(id)
    }
}

impl Ask for Create {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        let destination = self.route.destination;
        if network.is_block(table.vpc, destination) || table.has(destination) {
            return Err(Refusal::Exists(destination));
        }
        network.may_lead(&self.scope, table, self.route)?;
        if network.may_have_routes(table, 1) { Ok(self) } else { Err(Refusal::TooMany) }
    }

    fn apply(granted: Create, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            let routes = &mut table.routes;
            routes.push(granted.route);
            routes.sort_unstable();
        });
    }
}

impl Ask for Replace {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Replace;

    fn check(self, engine: &Engine) -> Result<Replace, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        let destination = self.route.destination;
        let is_local = network.is_block(table.vpc, destination);
        if !is_local && !table.has(destination) {
            return Err(Refusal::NothingToReplace(destination));
        }
        network.may_lead(&self.scope, table, self.route)?;
        Ok(self)
    }

    fn apply(granted: Replace, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            let routes = &mut table.routes;
            routes.retain(|known| known.destination != granted.route.destination);
            routes.push(granted.route);
            routes.sort_unstable();
        });
    }
}

impl Ask for Restore {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Restore;

    fn check(self, engine: &Engine) -> Result<Restore, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        match network.is_block(table.vpc, self.destination) {
            true => Ok(self),
            false => Err(Refusal::NotLocal(self.destination)),
        }
    }

    fn apply(granted: Restore, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            let routes = &mut table.routes;
            routes.retain(|known| known.destination != granted.destination);
        });
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Delete;

    fn check(self, engine: &Engine) -> Result<Delete, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        if network.is_block(table.vpc, self.destination) {
            return Err(Refusal::Local(self.table, self.destination));
        }
        match table.has(self.destination) {
            true => Ok(self),
            false => Err(Refusal::NoRoute(self.table, self.destination)),
        }
    }

    fn apply(granted: Delete, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            let routes = &mut table.routes;
            routes.retain(|known| known.destination != granted.destination);
        });
    }
}

impl RouteTable {
    /// Whether it has a route to just this destination beside the local one.
    pub fn has(&self, destination: Cidr) -> bool {
        self.routes.iter().any(|known| known.destination == destination)
    }
}

impl Engine {
    /// Changes a table, and plans its VPC with it.
    pub(super) fn change_table(
        &mut self,
        now: Time,
        out: &mut dyn EffectSink,
        table: RouteTableId,
        change: impl FnOnce(&mut RouteTable),
    ) {
        let (network, mut cx) = self.network_cx(now, out);
        let table = network.route_tables.get_mut(&table).expect("it was found");
        change(table);
        let (vpc, record) = (table.vpc, Record::RouteTable(table.clone()));
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }

    /// Whether the target of a table's route is there: its route is `active`, or else a `blackhole`.
    pub fn is_active(&self, table: &RouteTable, target: Target) -> bool {
        self.network.is_active(table.vpc, target)
    }
}

impl Network {
    /// Whether a table may have a route.
    pub(super) fn may_lead(
        &self,
        scope: &Scope,
        table: &RouteTable,
        route: Route,
    ) -> Result<(), Refusal> {
        let Route { destination, target } = route;
        match target {
            Target::InternetGateway(id) => {
                let gateway = self.find::<InternetGateway>(scope, id)?;
                if gateway.vpc != Some(table.vpc) {
                    return Err(Refusal::GatewayElsewhere(table.id, id));
                }
            }
            Target::NatGateway(id) => {
                let nat = self.find::<NatGateway>(scope, id)?;
                if !matches!(nat.state, NatState::Made(_)) {
                    return Err(Refusal::NoNat(id));
                }
                if nat.vpc != table.vpc {
                    return Err(Refusal::NatElsewhere(table.id, id));
                }
            }
            Target::NetworkInterface(id) => {
                return self.may_lead_to_eni(scope, table, (destination, id));
            }
            Target::Peering(id) => {
                let peering = self.peering(scope, id).filter(|it| it.gone().is_none());
                if peering.ok_or(Refusal::NoPeering(id))?.other(table.vpc).is_none() {
                    return Err(Refusal::PeeringElsewhere(table.id, id));
                }
            }
        }
        if self.cidrs_of(&self.vpcs[&table.vpc]).any(|own| own.covers(destination)) {
            return Err(Refusal::Within(destination, target));
        }
        let (base, prefix) = RESERVED;
        let reserved = Cidr::containing(base, prefix).expect("it is a block");
        if reserved.covers(destination) { Err(Refusal::Reserved(destination)) } else { Ok(()) }
    }

    /// Whether a table may have a route to an ENI; within the VPC that is to a subnet's block, or to the
    /// VPC's own.
    fn may_lead_to_eni(
        &self,
        scope: &Scope,
        table: &RouteTable,
        (destination, id): (Cidr, EniId),
    ) -> Result<(), Refusal> {
        let eni = self.eni(scope, id)?;
        if eni.vpc != table.vpc {
            return Err(Refusal::EniElsewhere(table.id, id));
        }
        match eni.user {
            EniUser::Resource(resource) if self.resources[&resource].is_managed() => {
                return Err(Refusal::EniOfOthers(id));
            }
            EniUser::Resource(_) | EniUser::Customer | EniUser::Released(_) => {}
            EniUser::Environment(..) | EniUser::Pair | EniUser::NatGateway(_) => {
                return Err(Refusal::EniOfOthers(id));
            }
        }
        let vpc = &self.vpcs[&table.vpc];
        let mut subnets = self.subnets.values().filter(|subnet| subnet.vpc == vpc.id);
        let is_whole =
            self.is_block(vpc.id, destination) || subnets.any(|it| it.cidr == destination);
        let is_within = self.cidrs_of(vpc).any(|own| own.covers(destination));
        if is_within && !is_whole {
            return Err(Refusal::NoSubnetOf(destination));
        }
        let tables = self.route_tables.values().filter(|table| table.vpc == vpc.id);
        let led: BTreeSet<EniId> = tables.flat_map(RouteTable::led_enis).collect();
        match led.len() >= MIDDLEBOXES_PER_VPC && !led.contains(&id) {
            true => Err(Refusal::TooMany),
            false => Ok(()),
        }
    }

    /// Whether a target is there for a VPC.
    pub(crate) fn is_active(&self, vpc: VpcId, target: Target) -> bool {
        match target {
            Target::InternetGateway(id) => {
                self.internet_gateways.get(&id).is_some_and(|gateway| gateway.vpc == Some(vpc))
            }
            Target::NatGateway(id) => self
                .nat_gateways
                .get(&id)
                .is_some_and(|nat| nat.vpc == vpc && matches!(nat.state, NatState::Made(_))),
            Target::NetworkInterface(id) => self.middlebox(vpc, id).is_some(),
            Target::Peering(id) => {
                self.peerings.get(&id).is_some_and(|it| it.is_active() && it.other(vpc).is_some())
            }
        }
    }

    /// The table that a subnet's packets go by.
    pub(crate) fn table_of(&self, subnet: SubnetId) -> Option<&RouteTable> {
        let vpc = self.subnets.get(&subnet)?.vpc;
        let mut of_vpc = self.route_tables.values().filter(|table| table.vpc == vpc);
        let chosen = of_vpc.find(|table| table.associations.values().any(|each| *each == subnet));
        chosen.or_else(|| self.route_tables.get(&self.vpcs.get(&vpc)?.main_route_table))
    }

    /// Where a subnet's routes lead to a destination outside of the VPC.
    pub(crate) fn led(&self, subnet: SubnetId, destination: Ipv4Addr) -> Option<Led> {
        let mut led = self.led_once(subnet, destination)?;
        // One gateway on: the routes of its own subnet say where that leads.
        if let Some(Route { target: Target::NatGateway(id), .. }) = led.route {
            let nat = self.nat_gateways.get(&id);
            let beyond = nat.and_then(|nat| self.led_once(nat.subnet, destination));
            led.beyond = beyond.map(Box::new);
        }
        Some(led)
    }

    fn led_once(&self, subnet: SubnetId, destination: Ipv4Addr) -> Option<Led> {
        let table = self.table_of(subnet)?;
        let listed = self.listed_routes(table);
        let routes = listed.iter().chain(&table.routes);
        let leading = routes.filter(|route| route.destination.contains(destination));
        // The last of several that are equal is taken by this, hence one to a block before one to a list.
        let route = leading.max_by_key(|route| route.destination.prefix()).copied();
        Some(Led { subnet, table: table.id, route, beyond: None })
    }

    /// What a node is to have of a table's route.
    pub(crate) fn planned_route(&self, vpc: VpcId, route: &Route) -> RoutePlan {
        let target = match route.target {
            target if !self.is_active(vpc, target) => RouteTarget::Blackhole,
            Target::InternetGateway(id) => RouteTarget::InternetGateway(id),
            Target::NatGateway(id) => RouteTarget::NatGateway(id),
            Target::NetworkInterface(id) => RouteTarget::NetworkInterface(id),
            Target::Peering(id) => RouteTarget::Peering(id),
        };
        RoutePlan { destination: route.destination, target }
    }
}
