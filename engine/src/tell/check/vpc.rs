//! VPCs in a check: routes whose target is gone, NAT gateways that lead nowhere, and subnets that are full.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::base::id::{RouteTableId, SubnetId, VpcId};
use crate::base::limits::RESERVED_ADDRESSES;
use crate::plan::{NatPlan, RouteTarget, VpcPlan};
use crate::tell::check::{Checks, Finding, Found, Kind, Severity};
use crate::tell::reach::SOMEBODY;
use crate::tell::words::Teller;

/// A subnet has few addresses left where it has one of so many.
const FEW: u64 = 10;

impl Teller<'_> {
    pub(super) fn check_vpc(&self, checks: &Checks, vpc: VpcId) -> Vec<Found> {
        let plan = self.network.planned(vpc);
        let of_functions: BTreeSet<SubnetId> =
            checks.of_vpc(vpc).flat_map(|class| class.subnets.iter().copied()).collect();
        let is_used = |subnet: &SubnetId| {
            of_functions.contains(subnet) || self.network.holders(*subnet).next().is_some()
        };
        let used = plan.subnets.iter().filter(|subnet| is_used(&subnet.subnet));
        let tables: BTreeSet<RouteTableId> = used.map(|subnet| subnet.table).collect();
        let mut found = Vec::new();
        for table in tables {
            found.extend(self.check_table(checks, plan, table));
        }
        for nat in plan.nats.values() {
            found.extend(self.check_nat(checks, plan, nat));
        }
        found.extend(
            of_functions.iter().filter_map(|subnet| self.check_subnet(checks, vpc, *subnet)),
        );
        found.into_iter().map(Found::from).collect()
    }

    /// Routes of a table that lead nowhere.
    fn check_table(&self, checks: &Checks, plan: &VpcPlan, table: RouteTableId) -> Vec<Finding> {
        let Some(known) = self.network.route_tables.get(&table) else { return Vec::new() };
        let uses = |subnet: SubnetId| {
            plan.subnets.iter().any(|known| known.subnet == subnet && known.table == table)
        };
        let names = checks.names(plan.vpc, uses);
        let of_blocks = known.routes.iter().map(|route| {
            let option = format!("--destination-cidr-block {}", route.destination);
            (route.destination.to_string(), option, route.target)
        });
        let of_lists = known.lists.iter().map(|(list, target)| {
            let option = format!("--destination-prefix-list-id {list}");
            (self.network.list_name(&known.scope, *list), option, *target)
        });
        let all = of_blocks.chain(of_lists);
        let gone = all.filter(|(.., target)| !self.network.is_active(plan.vpc, *target));
        let gone = gone.map(|(to, option, target)| (to, option, crate::tell::way::name(target)));
        let gone6 = known.routes6.iter();
        let gone6 = gone6.filter(|route| !self.network.is_active6(plan.vpc, route.target));
        let gone6 = gone6.map(|route| {
            let option = format!("--destination-ipv6-cidr-block {}", route.destination);
            (route.destination.to_string(), option, route.target.to_string())
        });
        gone.chain(gone6).map(|(destination, option, target)| {
            let text = format!(
                "{table} routes {destination} to {target}, which is gone: what is sent there is dropped"
            );
            let hint = format!(
                "aws ec2 delete-route --route-table-id {table} {option}, or replace-route with a target \
                 that is there"
            );
            let finding = Finding::new(Severity::Error, Kind::Blackhole, table.to_string(), text);
            finding.mended(Some(hint)).of(&names)
        })
        .collect()
    }

    /// A NAT gateway behind which nothing leads on.
    fn check_nat(&self, checks: &Checks, plan: &VpcPlan, nat: &NatPlan) -> Option<Finding> {
        let leads = |subnet| plan.route(subnet, SOMEBODY).map(|route| route.target);
        let users = checks
            .names(plan.vpc, |subnet| leads(subnet) == Some(RouteTarget::NatGateway(nat.nat)));
        let is_out = matches!(leads(nat.subnet), Some(RouteTarget::InternetGateway(_)));
        let severity = if users.all == 0 { Severity::Warning } else { Severity::Error };
        let (text, hint) = match nat.public {
            Some(_) if is_out => return None,
            None if users.all == 0 => return None,
            None => {
                let text = format!(
                    "{} is a private NAT gateway, and subnets are led to it for the internet, which it \
                     does not lead to",
                    nat.nat
                );
                (text, Some("a public NAT gateway in a public subnet leads there".to_string()))
            }
            Some(_) => {
                let table = self.network.table_of(nat.subnet).map(|table| table.id);
                let named = table.map_or_else(Default::default, |table| format!(", whose {table}"));
                let text = format!(
                    "{} is in {}{named} has no route to an internet gateway: what is led to it gets no \
                     further",
                    nat.nat,
                    self.subnet_name(nat.subnet)
                );
                let hint = table.zip(plan.gateway).map(|(table, gateway)| {
                    format!(
                        "aws ec2 create-route --route-table-id {table} --destination-cidr-block \
                         0.0.0.0/0 --gateway-id {gateway}, or a NAT gateway in another subnet"
                    )
                });
                (text, hint)
            }
        };
        let finding = Finding::new(severity, Kind::NatRoute, nat.nat.to_string(), text);
        Some(finding.mended(hint).of(&users))
    }

    /// A subnet of functions that has no address left, or few.
    fn check_subnet(&self, checks: &Checks, vpc: VpcId, id: SubnetId) -> Option<Finding> {
        let subnet = self.network.subnets.get(&id)?;
        let usable = subnet.cidr.size().saturating_sub(u64::from(RESERVED_ADDRESSES));
        let free = u64::from(self.network.free_addresses(id));
        if free * FEW > usable {
            return None;
        }
        let severity = if free == 0 { Severity::Warning } else { Severity::Note };
        let text = format!(
            "{} has {free} of {usable} addresses free, and each ENI needs one",
            self.subnet_name(id)
        );
        let hint =
            format!("warren explain {id} tells who holds them; a function may have more subnets");
        let names = checks.names(vpc, |subnet| subnet == id);
        let finding = Finding::new(severity, Kind::SubnetFull, id.to_string(), text);
        Some(finding.mended(Some(hint)).of(&names))
    }
}
