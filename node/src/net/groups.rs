//! Security groups and sets of them at a router: each ENI is of one set, whose chains ask its groups.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::id::{GroupId, SubnetId};
use engine::plan::{EniPlan, GroupPlan, VpcPlan};

use super::nft::Batch;
use super::router::{GroupSet, Router};
use super::routes::FIRST_CODE;
use super::{rules, rules6};
use crate::agent::NetworkError;

impl Router {
    /// Changes the table of IPv6 too, where there is one.
    fn in_ipv6(&self, batch: &mut Batch, change: impl FnOnce(&mut Batch)) {
        if self.has_rules6 {
            batch.of_ipv6(change);
        }
    }

    /// Deletes the sets of subnets that are gone and that no ENI is of any more.
    pub(super) fn delete_sets(&mut self, batch: &mut Batch, plan: &VpcPlan) {
        let used: BTreeSet<u16> = self.enis.values().map(|known| known.set).collect();
        let there: BTreeSet<SubnetId> = plan.subnets.iter().map(|subnet| subnet.subnet).collect();
        let is_kept = |subnet: &SubnetId, set: &u16| there.contains(subnet) || used.contains(set);
        let all = self.sets.iter().filter(|((_, subnet), set)| !is_kept(subnet, set));
        let gone: Vec<GroupSet> = all.map(|(set, _)| set.clone()).collect();
        for set in gone {
            self.delete_set(batch, &set);
        }
    }

    fn delete_set(&mut self, batch: &mut Batch, set: &GroupSet) {
        if let Some(number) = self.sets.remove(set) {
            self.routing.remove_set(batch, number);
            rules::delete_set(batch, number);
            self.in_ipv6(batch, |batch| rules::delete_set(batch, number));
        }
    }

    fn ensure_group(&mut self, batch: &mut Batch, group: GroupId) {
        if self.groups.insert(group) {
            rules::add_group(batch, group);
            self.in_ipv6(batch, |batch| rules6::add_group(batch, group));
        }
    }

    /// Has these groups' rules, in the place of those they had.
    pub(super) fn put_groups<'a>(
        &mut self,
        batch: &mut Batch,
        groups: impl Iterator<Item = &'a Arc<GroupPlan>>,
    ) {
        for plan in groups {
            self.ensure_group(batch, plan.group);
            for group in rules::named(plan) {
                self.ensure_group(batch, group);
            }
            rules::put_group(batch, plan);
            self.in_ipv6(batch, |batch| rules6::put_group(batch, plan));
        }
    }

    pub(super) fn delete_group(&mut self, batch: &mut Batch, group: GroupId) {
        if !self.groups.remove(&group) {
            return;
        }
        let unused: Vec<GroupSet> =
            self.sets.keys().filter(|(groups, _)| groups.contains(&group)).cloned().collect();
        for set in unused {
            self.delete_set(batch, &set);
        }
        rules::delete_group(batch, group);
        self.in_ipv6(batch, |batch| rules::delete_group(batch, group));
    }

    /// The number of an ENI's set of groups, whose chains are there when the batch is committed; and
    /// whether it is a new one.
    pub(super) fn set_of(
        &mut self,
        batch: &mut Batch,
        eni: &EniPlan,
    ) -> Result<(u16, bool), NetworkError> {
        let wanted = (eni.groups.clone(), eni.subnet);
        if let Some(set) = self.sets.get(&wanted) {
            return Ok((*set, false));
        }
        for group in &eni.groups {
            self.ensure_group(batch, *group);
        }
        let taken: BTreeSet<u16> = self.sets.values().copied().collect();
        let mut set = self.last_set;
        for _ in 0..FIRST_CODE {
            set = if set + 1 >= FIRST_CODE { 1 } else { set + 1 };
            if !taken.contains(&set) {
                self.last_set = set;
                rules::add_set(batch, set, &eni.groups);
                self.in_ipv6(batch, |batch| rules::add_set(batch, set, &eni.groups));
                self.routing.add_set(batch, set, eni.subnet);
                self.sets.insert(wanted, set);
                return Ok((set, true));
            }
        }
        Err(NetworkError::Full("set of security groups"))
    }
}
