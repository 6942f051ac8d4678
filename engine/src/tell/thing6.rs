//! Explanations of what leads out of a VPC by IPv6.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{EgressOnlyGatewayId, VpcId};
use crate::record::route_table::{RouteTable, Target6};
use crate::tell::thing::few;
use crate::tell::words::{Explanation, Teller};

impl Teller<'_> {
    pub(super) fn explain_egress_only(&self, id: EgressOnlyGatewayId) -> Option<Explanation> {
        let gateway = self.network.egress_only_gateways.get(&id)?;
        let lines = self.routes6_to(gateway.vpc, Target6::EgressOnly(id));
        let leads = match lines.is_empty() {
            true => Explanation::new("no route leads to it".into()),
            false => Explanation::with(
                "routes lead to it".into(),
                lines.into_iter().map(Explanation::new).collect(),
            ),
        };
        let passes = "what has an IPv6 address passes to the other VPCs of this installation, and \
                      answers alone come in";
        let because = Vec::from([leads, Explanation::new(passes.into())]);
        let text = format!("{id} is an egress-only internet gateway of {}", gateway.vpc);
        Some(Explanation::with(text, because))
    }

    /// The routes of a VPC for IPv6 that lead to a target.
    pub(super) fn routes6_to(&self, vpc: VpcId, wanted: Target6) -> Vec<String> {
        let tables = self.network.route_tables.values().filter(|table| table.vpc == vpc);
        let lines = tables.flat_map(|table| {
            let routes = table.routes6.iter().filter(move |route| route.target == wanted);
            routes.map(|route| format!("{} of {}", route.destination, table.id))
        });
        lines.collect()
    }

    /// The routes of a table for IPv6 beside the local ones.
    pub(super) fn routes6_told(&self, table: &RouteTable) -> Vec<String> {
        let told = table.routes6.iter().map(|route| {
            let is_active = self.network.is_active6(table.vpc, route.target);
            let state = if is_active { "" } else { ", which is gone: a blackhole" };
            format!("{} to {}{state}", route.destination, route.target)
        });
        told.collect()
    }

    /// By what a VPC is led out by IPv6 alone.
    pub(super) fn egress_only_of(&self, vpc: VpcId) -> Vec<Explanation> {
        let all = self.network.egress_only_gateways.values();
        let lines = all.filter(|gateway| gateway.vpc == vpc).map(|gateway| {
            let id = gateway.id;
            let is_used = !self.routes6_to(vpc, Target6::EgressOnly(id)).is_empty();
            let used = if is_used { "" } else { ": no route leads to it" };
            (!is_used, format!("{id} is an egress-only internet gateway of it, for IPv6{used}"))
        });
        let mut lines: Vec<(bool, String)> = lines.collect();
        // Those that routes use come first.
        lines.sort_by_key(|(is_idle, _)| *is_idle);
        few(lines.into_iter().map(|(_, line)| line))
    }
}
