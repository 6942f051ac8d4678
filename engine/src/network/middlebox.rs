//! Middleboxes: ENIs of resources that routes lead to, or that pass on what is not for them.

use alloc::collections::BTreeSet;

use crate::base::id::{EniId, VpcId};
use crate::network::Network;
use crate::plan::{MiddleboxPlan, VpcPlan};
use crate::record::eni::{Eni, EniUser};
use crate::record::route_table::{RouteTable, Target};
use crate::record::vpc::Vpc;

impl RouteTable {
    /// The ENIs that its routes lead to, by blocks or by prefix lists.
    pub(super) fn led_enis(&self) -> impl Iterator<Item = EniId> + '_ {
        let targets = self.routes.iter().map(|route| route.target);
        targets.chain(self.lists.values().copied()).filter_map(|target| match target {
            Target::NetworkInterface(id) => Some(id),
            Target::InternetGateway(_) | Target::NatGateway(_) | Target::Peering(_) => None,
        })
    }
}

impl Network {
    /// The ENI of a VPC that a route may lead to, while something is attached there.
    pub(crate) fn middlebox(&self, vpc: VpcId, id: EniId) -> Option<&Eni> {
        let eni = self.enis.get(&id).filter(|eni| eni.vpc == vpc)?;
        let EniUser::Resource(resource) = eni.user else { return None };
        let is_own = self.resources.get(&resource).is_some_and(|it| !it.is_managed());
        is_own.then_some(eni)
    }

    /// Whether a VPC's plan speaks of an ENI as a middlebox.
    pub(crate) fn is_planned_middlebox(&self, eni: &Eni) -> bool {
        self.planned(eni.vpc).middleboxes.contains_key(&eni.id)
    }

    /// Writes the middleboxes of a VPC into its plan.
    pub(crate) fn plan_middleboxes(&self, vpc: &Vpc, plan: &mut VpcPlan) {
        let tables = self.route_tables.values().filter(|table| table.vpc == vpc.id);
        let led: BTreeSet<EniId> = tables.flat_map(RouteTable::led_enis).collect();
        let enis = self.resources.values().filter_map(|it| self.middlebox(vpc.id, it.eni));
        for eni in enis.filter(|eni| !eni.source_dest_check || led.contains(&eni.id)) {
            let forwards = !eni.source_dest_check;
            let (subnet, address) = (eni.subnet, eni.address);
            plan.middleboxes
                .insert(eni.id, MiddleboxPlan { eni: eni.id, subnet, address, forwards });
        }
    }
}
