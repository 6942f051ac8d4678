//! Routes to all of a prefix list: made, replaced and deleted in a table.

use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::cidr::Cidr;
use crate::base::id::{Missing, PrefixListId, RouteTableId};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::route::{ROUTES_PER_TABLE, Refusal};
use crate::record::route_table::{Route, RouteTable, Target};

/// `CreateRoute` with a prefix list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// To which list.
    pub list: PrefixListId,
    /// Where it leads.
    pub target: Target,
}

/// `ReplaceRoute` with a prefix list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replace {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// To which list.
    pub list: PrefixListId,
    /// Where it leads from now on.
    pub target: Target,
}

/// `DeleteRoute` with a prefix list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// In which table.
    pub table: RouteTableId,
    /// The one to this list.
    pub list: PrefixListId,
}

impl Ask for Create {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        let network = &engine.network;
        let table = network.find::<RouteTable>(&self.scope, self.table)?;
        let weight = network.weight_of(&self.scope, self.list);
        let weight = weight.map_err(|Missing(id)| Refusal::NoList(id))?;
        if table.lists.contains_key(&self.list) || network.has_endpoint_for(table, self.list) {
            return Err(Refusal::ListExists(self.list));
        }
        network.may_lead(&self.scope, table, anywhere(self.target))?;
        match network.may_have_routes(table, weight) {
            true => Ok(self),
            false => Err(Refusal::TooMany),
        }
    }

    fn apply(granted: Create, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            table.lists.insert(granted.list, granted.target);
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
        if !table.lists.contains_key(&self.list) {
            return Err(Refusal::NoListToReplace(self.list));
        }
        network.may_lead(&self.scope, table, anywhere(self.target))?;
        Ok(self)
    }

    fn apply(granted: Replace, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            table.lists.insert(granted.list, granted.target);
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
        if network.has_endpoint_for(table, self.list) {
            return Err(Refusal::OfEndpoint(table.id, self.list));
        }
        match table.lists.contains_key(&self.list) {
            true => Ok(self),
            false => Err(Refusal::NoListRoute(table.id, self.list)),
        }
    }

    fn apply(granted: Delete, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        engine.change_table(now, out, granted.table, |table| {
            table.lists.remove(&granted.list);
        });
    }
}

/// A route by which it is asked whether a target can be one, whatever the destination.
fn anywhere(target: Target) -> Route {
    Route { destination: Cidr::ANYWHERE, target }
}

impl Network {
    /// Whether a table may have so many routes more.
    pub(crate) fn may_have_routes(&self, table: &RouteTable, more: usize) -> bool {
        let lists = table.lists.keys();
        let listed = lists.map(|list| self.weight_of(&table.scope, *list).unwrap_or(1));
        table.routes.len() + listed.sum::<usize>() + more <= ROUTES_PER_TABLE
    }

    /// The routes of a table to what is in prefix lists.
    pub(crate) fn listed_routes(&self, table: &RouteTable) -> Vec<Route> {
        let all = table.lists.iter().flat_map(|(list, target)| {
            let blocks = self.blocks_of(&table.scope, *list).into_iter();
            blocks.map(|destination| Route { destination, target: *target })
        });
        all.collect()
    }
}
