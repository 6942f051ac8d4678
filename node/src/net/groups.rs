//! Security groups of a router, and the sets of them that its ENIs have: which are there, and by what
//! numbers packets are known to be of them.
//!
//! A set is of one subnet, by whose routes its senders are led. Sets of the same groups have their
//! chains in common, however many subnets there are: the kernel goes through all chains at each change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::id::{GroupId, SubnetId};
use engine::plan::{EniPlan, GroupPlan, VpcPlan};

use super::hop_rules::FIRST_HOP;
use super::intervals::number_after;
use super::nft::Batch;
use super::routes::Routing;
use super::{rules, rules6};
use crate::agent::NetworkError;

/// Security groups, and a subnet.
type GroupSet = (BTreeSet<GroupId>, SubnetId);

/// Which are in force in a router.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    /// Those that have a set of members and chains.
    known: BTreeSet<GroupId>,
    sets: BTreeMap<GroupSet, u16>,
    last_set: u16,
    /// The numbers of the chains that sets of these groups have.
    chains: BTreeMap<BTreeSet<GroupId>, u16>,
    last_chains: u16,
    /// Whether the table of IPv6 has them too.
    pub(super) has_ipv6: bool,
}

impl Groups {
    /// Changes the table of IPv6 too, where there is one.
    fn in_ipv6(&self, batch: &mut Batch, change: impl FnOnce(&mut Batch)) {
        if self.has_ipv6 {
            batch.of_ipv6(change);
        }
    }

    /// Has the table of IPv6, which was made in this batch, have what is there already; `is_same` says of
    /// which groups the rules stay as they are.
    pub(super) fn begin_ipv6(
        &mut self,
        batch: &mut Batch,
        plan: &VpcPlan,
        is_same: impl Fn(&Arc<GroupPlan>) -> bool,
    ) {
        self.has_ipv6 = true;
        batch.of_ipv6(|batch| {
            self.known.iter().for_each(|group| rules6::add_group(batch, *group));
            let same = plan.groups.values().filter(|group| is_same(group));
            same.for_each(|group| rules6::put_group(batch, group));
            for (groups, number) in &self.chains {
                rules::add_set_chains(batch, *number, groups);
            }
            for ((groups, _), set) in &self.sets {
                rules::add_set(batch, *set, self.chains[groups]);
            }
        });
    }

    pub(super) fn ensure(&mut self, batch: &mut Batch, group: GroupId) {
        if self.known.insert(group) {
            rules::add_group(batch, group);
            self.in_ipv6(batch, |batch| rules6::add_group(batch, group));
        }
    }

    /// Has these groups' rules, in the place of those they had.
    pub(super) fn put<'a>(
        &mut self,
        batch: &mut Batch,
        groups: impl Iterator<Item = &'a Arc<GroupPlan>>,
    ) {
        for plan in groups {
            self.ensure(batch, plan.group);
            for group in rules::named(plan) {
                self.ensure(batch, group);
            }
            rules::put_group(batch, plan);
            self.in_ipv6(batch, |batch| rules6::put_group(batch, plan));
        }
    }

    /// Deletes a group that nothing names any more, and the sets that it is in.
    pub(super) fn delete(&mut self, batch: &mut Batch, routing: &mut Routing, group: GroupId) {
        if !self.known.remove(&group) {
            return;
        }
        self.delete_sets(batch, routing, |(groups, _), _| groups.contains(&group));
        rules::delete_group(batch, group);
        self.in_ipv6(batch, |batch| rules::delete_group(batch, group));
    }

    /// Deletes the sets of subnets that are gone and that no ENI is of any more.
    pub(super) fn delete_unused(
        &mut self,
        batch: &mut Batch,
        routing: &mut Routing,
        plan: &VpcPlan,
        used: &BTreeSet<u16>,
    ) {
        let there: BTreeSet<SubnetId> = plan.subnets.iter().map(|subnet| subnet.subnet).collect();
        self.delete_sets(batch, routing, |(_, subnet), set| {
            !there.contains(subnet) && !used.contains(&set)
        });
    }

    fn delete_sets(
        &mut self,
        batch: &mut Batch,
        routing: &mut Routing,
        is_gone: impl Fn(&GroupSet, u16) -> bool,
    ) {
        let has_ipv6 = self.has_ipv6;
        let each = |batch: &mut Batch, change: &dyn Fn(&mut Batch)| {
            change(batch);
            if has_ipv6 {
                batch.of_ipv6(change);
            }
        };
        for (_, set) in self.sets.extract_if(.., |of, set| is_gone(of, *set)) {
            routing.remove_set(batch, set);
            each(batch, &|batch| rules::delete_set(batch, set));
        }
        let used: BTreeSet<&BTreeSet<GroupId>> =
            self.sets.keys().map(|(groups, _)| groups).collect();
        for (_, chains) in self.chains.extract_if(.., |groups, _| !used.contains(groups)) {
            each(batch, &|batch| rules::delete_set_chains(batch, chains));
        }
    }

    /// The number of an ENI's set of groups, if there is one.
    pub(super) fn set_of(&self, eni: &EniPlan) -> Option<u16> {
        self.sets.get(&(eni.groups.clone(), eni.subnet)).copied()
    }

    /// Makes the set of an ENI's groups, which is there when the batch is committed.
    pub(super) fn add_set(
        &mut self,
        batch: &mut Batch,
        routing: &mut Routing,
        eni: &EniPlan,
    ) -> Result<u16, NetworkError> {
        for group in &eni.groups {
            self.ensure(batch, *group);
        }
        let full = || NetworkError::Full("set of security groups");
        let chains = match self.chains.get(&eni.groups) {
            Some(chains) => *chains,
            None => {
                let taken: BTreeSet<u16> = self.chains.values().copied().collect();
                let chains = number_after(self.last_chains, |number| taken.contains(&number));
                let chains = chains.ok_or_else(full)?;
                rules::add_set_chains(batch, chains, &eni.groups);
                self.in_ipv6(batch, |batch| rules::add_set_chains(batch, chains, &eni.groups));
                self.chains.insert(eni.groups.clone(), chains);
                self.last_chains = chains;
                chains
            }
        };
        let taken: BTreeSet<u16> = self.sets.values().copied().collect();
        let is_taken = |number| number >= FIRST_HOP || taken.contains(&number);
        let set = number_after(self.last_set, is_taken).ok_or_else(full)?;
        self.last_set = set;
        rules::add_set(batch, set, chains);
        self.in_ipv6(batch, |batch| rules::add_set(batch, set, chains));
        routing.add_set(batch, set, eni.subnet);
        self.sets.insert((eni.groups.clone(), eni.subnet), set);
        Ok(set)
    }
}
