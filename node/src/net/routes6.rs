//! Routes for IPv6 in a router's rules: what leads out of a VPC, and what may come in.
//!
//! Addresses of IPv6 are global: what leaves is translated into nothing. By an internet gateway a subnet's
//! addresses are reached too; by an egress-only one answers alone are let in. Rules are by the blocks of
//! subnets and written anew as a whole when anything of them changes, so an ENI needs nothing of its own.

use std::collections::BTreeMap;

use engine::cidr6::Cidr6;
use engine::id::{RouteTableId, SubnetId};
use engine::plan::{RoutePlan6, RouteTarget6, VpcPlan};

use super::names::TRANSLATIONS;
use super::nft::{Batch, Rule, Side, Verdict};
use super::rules6::BEYOND;

/// The chain of what no ENI of the VPC has, and that of what comes from outside.
pub(super) const LED: &str = "led";
pub(super) const ARRIVALS: &str = "arrivals";

fn table_chain(table: RouteTableId) -> String {
    format!("table_{:016x}", table.0)
}

/// What of a plan is written here.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ways<'a> {
    tables: BTreeMap<RouteTableId, &'a [RoutePlan6]>,
    subnets: BTreeMap<SubnetId, (Cidr6, RouteTableId)>,
}

impl<'a> Ways<'a> {
    fn of(plan: &'a VpcPlan) -> Ways<'a> {
        let mut ways = Ways::default();
        for subnet in &plan.subnets {
            let table = plan.tables.get(&subnet.table).filter(|table| !table.routes6.is_empty());
            if let (Some(block), Some(table)) = (subnet.cidr6, table) {
                ways.subnets.insert(subnet.subnet, (block, table.table));
                ways.tables.insert(table.table, &table.routes6);
            }
        }
        ways
    }
}

fn is_open(route: &RoutePlan6) -> bool {
    matches!(route.target, RouteTarget6::InternetGateway(_))
}

/// Whether something of a VPC is led out of it, or has been.
pub(super) fn leads_out(plan: &VpcPlan) -> bool {
    !plan.cidrs6.is_empty() && !Ways::of(plan).subnets.is_empty()
}

/// Whether anything of what is written here is other in another plan.
pub(super) fn differ(before: &VpcPlan, plan: &VpcPlan) -> bool {
    Ways::of(before) != Ways::of(plan)
}

/// Has the routes of a plan in force in the place of those of another; of none where the table of rules
/// begins. The batch is at the table of IPv6.
pub(super) fn change(batch: &mut Batch, before: Option<&VpcPlan>, plan: &VpcPlan) {
    let before = before.map(Ways::of).unwrap_or_default();
    let after = Ways::of(plan);
    if before == after {
        return;
    }
    batch.flush_chain(LED);
    batch.flush_chain(ARRIVALS);
    for table in before.tables.keys() {
        batch.flush_chain(&table_chain(*table));
        batch.delete_chain(&table_chain(*table));
    }
    for (table, routes) in &after.tables {
        put(batch, &table_chain(*table), routes);
    }
    for (block, table) in after.subnets.values() {
        let chain = table_chain(*table);
        let own = Rule::new().in_block6(Side::Source, *block);
        batch.add_rule(LED, &own.then(Verdict::Goto(&chain)));
        // What is sent from behind a shared ENI goes by that one's subnet.
        let behind = Rule::new().in_map6(Side::Source, TRANSLATIONS).lies_in_block6(*block);
        batch.add_rule(LED, &behind.then(Verdict::Goto(&chain)));
        if after.tables[table].iter().any(is_open) {
            let own = Rule::new().in_block6(Side::Destination, *block);
            batch.add_rule(ARRIVALS, &own.then(Verdict::Accept));
        }
    }
}

fn put(batch: &mut Batch, chain: &str, routes: &[RoutePlan6]) {
    batch.add_chain(chain, None);
    let mut routes: Vec<&RoutePlan6> = routes.iter().collect();
    routes.sort_by_key(|route| std::cmp::Reverse(route.destination.prefix()));
    for route in routes {
        let verdict = match route.target {
            RouteTarget6::InternetGateway(_) | RouteTarget6::EgressOnly(_) => Verdict::Goto(BEYOND),
            RouteTarget6::Blackhole => Verdict::Goto("drop_blackhole"),
        };
        let to = Rule::new().in_block6(Side::Destination, route.destination);
        batch.add_rule(chain, &to.then(verdict));
    }
    batch.add_rule(chain, &Rule::new().then(Verdict::Goto("drop_no_route")));
}
