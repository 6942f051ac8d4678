//! Routes for IPv6: made, replaced and deleted in a table, beside those for IPv4 (`route.rs`).

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::Ipv6Addr;

use crate::ask::Ask;
use crate::base::cidr6::Cidr6;
use crate::base::id::{
    EgressOnlyGatewayId, InternetGatewayId, Missing, RouteTableId, SubnetId, VpcId,
};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::ipv6::installation;
use crate::network::route::ROUTES_PER_TABLE;
use crate::plan::{DropReason, RoutePlan6, RouteTarget6, VpcPlan};
use crate::record::egress_only_gateway::EgressOnlyGateway;
use crate::record::internet_gateway::InternetGateway;
use crate::record::route_table::{Route6, RouteTable, Target6};
use crate::record::{Change, Record};

/// `CreateRoute`, or `ReplaceRoute` of one that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// What it is.
    pub route: Route6,
    /// Whether there is one to this destination already, whose target this gets.
    pub replaces: bool,
}

/// `DeleteRoute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// The one to this destination.
    pub destination: Cidr6,
}

/// Why a question about routes for IPv6 is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such route table.
    NoTable(RouteTableId),
    /// The scope has no such internet gateway.
    NoGateway(InternetGatewayId),
    /// The scope has no such egress-only internet gateway.
    NoEgressOnly(EgressOnlyGatewayId),
    /// The gateway is not attached to the table's VPC.
    Elsewhere(RouteTableId, Target6),
    /// The table has a route to the destination.
    Exists(Cidr6),
    /// The table has no route to the destination that could be replaced.
    NothingToReplace(Cidr6),
    /// The table has no route to the destination that could be deleted.
    NoRoute(RouteTableId, Cidr6),
    /// The local route cannot be deleted.
    Local(RouteTableId, Cidr6),
    /// The destination lies within the VPC, where this target cannot lead to.
    Within(Cidr6),
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

impl From<Missing<EgressOnlyGatewayId>> for Refusal {
    fn from(Missing(id): Missing<EgressOnlyGatewayId>) -> Refusal {
        Refusal::NoEgressOnly(id)
    }
}

impl Ask for Put {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Put;

    fn check(self, engine: &Engine) -> Result<Put, Refusal> {
        let Put { scope, table, route, replaces } = &self;
        let network = &engine.network;
        let table = network.find::<RouteTable>(scope, *table)?;
        let has = table.routes6.iter().any(|known| known.destination == route.destination);
        match (has, replaces) {
            (true, false) => return Err(Refusal::Exists(route.destination)),
            (false, true) => return Err(Refusal::NothingToReplace(route.destination)),
            _ => {}
        }
        network.may_lead6(scope, table, *route)?;
        match !has && table.routes.len() + table.routes6.len() >= ROUTES_PER_TABLE {
            true => Err(Refusal::TooMany),
            false => Ok(self),
        }
    }

    fn apply(granted: Put, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_routes6(now, out, granted.table, |routes| {
            routes.retain(|known| known.destination != granted.route.destination);
            routes.push(granted.route);
            routes.sort_unstable();
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
        if table.routes6.iter().any(|known| known.destination == self.destination) {
            return Ok(self);
        }
        let mut local = network.vpcs[&table.vpc].blocks6.iter();
        match local.any(|block| block.cidr == self.destination) {
            true => Err(Refusal::Local(self.table, self.destination)),
            false => Err(Refusal::NoRoute(self.table, self.destination)),
        }
    }

    fn apply(granted: Delete, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_routes6(now, out, granted.table, |routes| {
            routes.retain(|known| known.destination != granted.destination);
        });
    }
}

impl Engine {
    fn change_routes6(
        &mut self,
        now: Time,
        out: &mut dyn EffectSink,
        table: RouteTableId,
        change: impl FnOnce(&mut Vec<Route6>),
    ) {
        let (network, mut cx) = self.network_cx(now, out);
        let table = network.route_tables.get_mut(&table).expect("it was found");
        change(&mut table.routes6);
        let (vpc, record) = (table.vpc, Record::RouteTable(table.clone()));
        network.replan_all(&mut cx, vpc);
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }

    /// Whether the target of a table's route is there: its route is `active`, or else a `blackhole`.
    pub fn is_active6(&self, table: &RouteTable, target: Target6) -> bool {
        self.network.is_active6(table.vpc, target)
    }
}

impl Network {
    /// Whether a table may have a route.
    fn may_lead6(&self, scope: &Scope, table: &RouteTable, route: Route6) -> Result<(), Refusal> {
        let is_of_vpc = match route.target {
            Target6::InternetGateway(id) => {
                self.find::<InternetGateway>(scope, id)?.vpc == Some(table.vpc)
            }
            Target6::EgressOnly(id) => self.find::<EgressOnlyGateway>(scope, id)?.vpc == table.vpc,
        };
        if !is_of_vpc {
            return Err(Refusal::Elsewhere(table.id, route.target));
        }
        let mut local = self.vpcs[&table.vpc].blocks6.iter();
        match local.any(|block| block.cidr.covers(route.destination)) {
            true => Err(Refusal::Within(route.destination)),
            false => Ok(()),
        }
    }

    /// Whether a target is there for a VPC.
    pub(crate) fn is_active6(&self, vpc: VpcId, target: Target6) -> bool {
        match target {
            Target6::InternetGateway(id) => {
                self.internet_gateways.get(&id).is_some_and(|gateway| gateway.vpc == Some(vpc))
            }
            Target6::EgressOnly(id) => {
                self.egress_only_gateways.get(&id).is_some_and(|gateway| gateway.vpc == vpc)
            }
        }
    }

    /// What a node is to have of a table's routes.
    pub(crate) fn planned_routes6(&self, table: &RouteTable) -> Vec<RoutePlan6> {
        let planned = |route: &Route6| {
            let target = match route.target {
                target if !self.is_active6(table.vpc, target) => RouteTarget6::Blackhole,
                Target6::InternetGateway(id) => RouteTarget6::InternetGateway(id),
                Target6::EgressOnly(id) => RouteTarget6::EgressOnly(id),
            };
            RoutePlan6 { destination: route.destination, target }
        };
        table.routes6.iter().map(planned).collect()
    }

    /// The route of a subnet to a destination of IPv6, and the table that has it, or has none.
    pub(crate) fn led6(
        &self,
        subnet: SubnetId,
        destination: Ipv6Addr,
    ) -> Option<(RouteTableId, Option<Route6>)> {
        let table = self.table_of(subnet)?;
        let routes = table.routes6.iter().filter(|route| route.destination.contains(destination));
        Some((table.id, routes.max_by_key(|route| route.destination.prefix()).copied()))
    }
}

impl VpcPlan {
    /// Whether a packet of a subnet leaves the VPC, to a destination of IPv6 outside of it: by the
    /// address that it is from, which is global.
    ///
    /// # Errors
    /// Why it does not.
    pub fn exit6(&self, subnet: SubnetId, destination: Ipv6Addr) -> Result<(), DropReason> {
        let table = self.subnets.iter().find(|known| known.subnet == subnet);
        let table = table.and_then(|known| self.tables.get(&known.table));
        let routes = table.into_iter().flat_map(|table| &table.routes6);
        let leading = routes.filter(|route| route.destination.contains(destination));
        let route = leading.max_by_key(|route| route.destination.prefix());
        match route.ok_or(DropReason::NoRoute)?.target {
            RouteTarget6::Blackhole => Err(DropReason::Blackhole),
            // Beyond the installation nothing of IPv6 is reached.
            RouteTarget6::InternetGateway(_) | RouteTarget6::EgressOnly(_) => {
                match installation().0.contains(destination) {
                    true => Ok(()),
                    false => Err(DropReason::Private),
                }
            }
        }
    }
}
