//! A function's network: what a `VpcConfig` must be, and when its ENIs are there.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::id::{FunctionId, Version};
use crate::base::random::Random;
use crate::base::scope::{Scope, Tags};
use crate::base::timer::Timer;
use crate::compute::Compute;
use crate::compute::function::refusal::Refusal;
use crate::cx::Cx;
use crate::network::Network;
use crate::network::pair::{PairKey, PairUse, PairUser};
use crate::record::decision::Cause;
use crate::record::function::{
    Configuration, EniModel, Function, FunctionState, FunctionUpdate, RoleVerdict, Settings,
    StateReason, VpcConfig,
};
use crate::record::{Change, Record};

impl Compute {
    /// Which ENI model a function has: its tag's, or the installation's.
    pub(crate) fn eni_model(&self, tags: &Tags) -> EniModel {
        match tags.get("warren:eni-model").map(String::as_str) {
            Some("classic") => EniModel::Classic,
            Some("hyperplane") => EniModel::Hyperplane,
            Some(_) | None => self.eni_model,
        }
    }

    /// The pairs that these settings ask for; none in the classic model.
    pub(crate) fn pairs_of(&self, tags: &Tags, settings: &Settings) -> Vec<PairKey> {
        match (&settings.vpc, self.eni_model(tags)) {
            (Some(vpc), EniModel::Hyperplane) => {
                let key = |subnet: &_| PairKey {
                    subnet: *subnet,
                    groups: vpc.groups.clone(),
                    ipv6: vpc.ipv6,
                };
                vpc.subnets.iter().map(key).collect()
            }
            (Some(_), EniModel::Classic) | (None, _) => Vec::new(),
        }
    }

    /// Pairs of a version by the settings that are shown.
    pub(crate) fn pairs_shown(&self, function: FunctionId, version: Version) -> Vec<PairKey> {
        let function = &self.functions.by_id[&function];
        let configuration = function.configuration(version).expect("the caller found it");
        self.pairs_of(&function.tags, &configuration.settings)
    }

    /// An ENI of the function is ready: what waited for its ENIs goes on when all are.
    pub(crate) fn network_is_there(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
    ) {
        let Some(function) = self.functions.by_id.get(&id) else { return };
        let waiting: Vec<Version> = function
            .configurations()
            .filter(|(_, each)| {
                matches!(each.state, FunctionState::Pending | FunctionState::Restoring)
                    || matches!(each.update, FunctionUpdate::InProgress(_))
            })
            .map(|(version, _)| version)
            .collect();
        let mut has_changed = false;
        for version in waiting {
            let keys = self.pairs_shown(id, version);
            if !network.are_ready(&keys) {
                continue;
            }
            let revision = revision(cx.random);
            let function = self.functions.get_mut(&id).expect("it was just found");
            let each = function.configuration_mut(version).expect("it was just found");
            let was_update = matches!(each.update, FunctionUpdate::InProgress(_));
            each.state = FunctionState::Active;
            each.update = FunctionUpdate::Successful;
            each.revision = revision;
            has_changed = true;
            if was_update {
                self.supersede(cx, id, Some(version));
            }
            network.release_pairs(cx, PairUser { function: id, version }, &keys);
        }
        if has_changed {
            self.watch_idleness(cx, id);
            self.store_function(cx, id);
        }
    }

    /// What is under way of a function and needs no ENI that is missing is done some time later,
    /// where AWS's own timing is imitated.
    pub(crate) fn settle_later(&self, cx: &mut Cx<'_>, id: FunctionId) {
        if !cx.limits.settle.is_zero() {
            self.settle(cx, id);
        }
    }

    /// Whatever is under way of a function is looked at after the time that it takes.
    pub(crate) fn settle(&self, cx: &mut Cx<'_>, id: FunctionId) {
        let is_under_way = |(_, each): (Version, &Configuration)| {
            each.state == FunctionState::Pending
                || matches!(each.update, FunctionUpdate::InProgress(_))
        };
        if self.functions.by_id[&id].configurations().any(is_under_way) {
            cx.timers.set(Timer::Settle(id), cx.now + cx.limits.settle);
        }
    }

    /// An ENI of the function cannot be made: the creation or update fails.
    pub(crate) fn network_has_failed(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
    ) {
        let Some(function) = self.functions.get_mut(&id) else { return };
        let versions: Vec<Version> = function.configurations().map(|(each, _)| each).collect();
        for version in versions {
            let function = self.functions.get_mut(&id).expect("it was just found");
            let each = function.configuration_mut(version).expect("it was just found");
            if let FunctionUpdate::InProgress(earlier) = &each.update {
                each.settings = (**earlier).clone();
                each.update = FunctionUpdate::Failed(StateReason::InternalError);
            } else if each.state == FunctionState::Pending {
                each.state = FunctionState::Failed(StateReason::InternalError);
            } else if each.state == FunctionState::Restoring {
                each.state = FunctionState::Inactive;
            } else {
                continue;
            }
            let keeps = each.state.holds_network();
            let keys = if keeps { self.pairs_shown(id, version) } else { Vec::new() };
            network.release_pairs(cx, PairUser { function: id, version }, &keys);
        }
        self.store_function(cx, id);
    }

    /// Sets the timer by which an idle VPC function loses its ENIs.
    pub(crate) fn watch_idleness(&mut self, cx: &mut Cx<'_>, id: FunctionId) {
        let shares = !self.pairs_shown(id, Version(0)).is_empty();
        let timer = Timer::Inactive(id);
        if shares {
            cx.timers.set(timer, cx.now + cx.limits.inactive);
        } else {
            cx.timers.cancel(timer);
        }
    }

    /// A VPC function has perhaps not been invoked for long.
    pub(crate) fn inactivity_is_due(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
    ) {
        let Some(function) = self.functions.by_id.get(&id) else { return };
        let due = function.used + cx.limits.inactive;
        let is_busy = self.live.get(&id).is_some_and(|live| live.inflight > 0);
        if due > cx.now || is_busy || function.latest.state != FunctionState::Active {
            let again = if due > cx.now { due } else { cx.now + cx.limits.inactive };
            return cx.timers.set(Timer::Inactive(id), again);
        }
        let mut changes = Vec::new();
        self.deactivate(cx, id, &mut changes);
        self.supersede(cx, id, None);
        let versions: Vec<Version> = {
            let function = &self.functions.by_id[&id];
            function.configurations().map(|(version, _)| version).collect()
        };
        for version in versions {
            network.release_pairs(cx, PairUser { function: id, version }, &[]);
        }
        cx.persist(changes);
    }

    /// Marks a function's versions Inactive.
    pub(crate) fn deactivate(
        &mut self,
        cx: &mut Cx<'_>,
        id: FunctionId,
        changes: &mut Vec<Change>,
    ) {
        let revision = revision(cx.random);
        let function = self.functions.get_mut(&id).expect("the caller has it");
        let versions: Vec<Version> = function.configurations().map(|(each, _)| each).collect();
        for version in versions {
            let each = function.configuration_mut(version).expect("it was just listed");
            if let FunctionUpdate::InProgress(_) = each.update {
                each.update = FunctionUpdate::Successful;
            }
            if each.state.holds_network() {
                each.state = FunctionState::Inactive;
            }
        }
        function.latest.revision = revision;
        changes.push(Change::Put(Box::new(Record::Function(Box::new(function.clone())))));
    }

    /// An Inactive function is invoked: its ENIs are made again.
    pub(crate) fn restore_network(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
    ) {
        let function = self.functions.by_id[&id].clone();
        let inactive: Vec<Version> = function
            .configurations()
            .filter(|(_, each)| each.state == FunctionState::Inactive)
            .map(|(version, _)| version)
            .collect();
        if inactive.is_empty() {
            return;
        }
        let cause = Cause::Api { operation: "Invoke".into(), function: Some(id) };
        for version in inactive {
            let keys = self.pairs_shown(id, version);
            if network.may_use_pairs(&function.scope, &keys, cx.limits).is_err() {
                continue;
            }
            let used = network.use_pairs(cx, pair_use(&function, version, &cause), &keys);
            used.commands.into_iter().for_each(|command| cx.command(command));
            cx.persist(used.changes);
            let state = if used.ready { FunctionState::Active } else { FunctionState::Restoring };
            let function = self.functions.get_mut(&id).expect("it was just found");
            function.used = cx.now;
            function.configuration_mut(version).expect("it was just listed").state = state;
        }
        self.watch_idleness(cx, id);
        self.store_function(cx, id);
    }

    /// Stores a function that changed by itself.
    pub(crate) fn store_function(&mut self, cx: &mut Cx<'_>, id: FunctionId) {
        let record = Record::Function(self.functions.by_id[&id].clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }

    /// Makes the versions of all functions users of the pairs that they use or are about to; those
    /// that are not there are made.
    pub(crate) fn restore_pairs(&mut self, cx: &mut Cx<'_>, network: &mut Network) {
        network.restore_pairs();
        let mut changes = Vec::new();
        for (user, keys) in self.wanted_pairs() {
            let function = self.functions.by_id[&user.function].clone();
            if network.has_pairs(&keys) {
                network.join_pairs(user, &function.name, &keys);
                continue;
            }
            // The installation's ENI model was another one.
            if network.may_use_pairs(&function.scope, &keys, cx.limits).is_err() {
                self.deactivate(cx, user.function, &mut changes);
                continue;
            }
            let cause = Cause::Restart;
            let by = pair_use(&function, user.version, &cause);
            // The node is asked for all of them at the end.
            let mut at_last_use = Cx { now: function.used, ..cx.any() };
            changes.append(&mut network.use_pairs(&mut at_last_use, by, &keys).changes);
        }
        cx.persist(changes);
        network.put_pairs(cx);
    }

    /// Every version with the pairs that it uses now or is about to.
    fn wanted_pairs(&self) -> Vec<(PairUser, Vec<PairKey>)> {
        let mut wanted = Vec::new();
        for function in self.functions.by_id.values() {
            for (version, configuration) in function.configurations() {
                if !configuration.state.holds_network() {
                    continue;
                }
                let mut keys = self.pairs_of(&function.tags, &configuration.settings);
                for key in self.pairs_of(&function.tags, configuration.in_force()) {
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
                if !keys.is_empty() {
                    wanted.push((PairUser { function: function.id, version }, keys));
                }
            }
        }
        wanted
    }
}

/// A function's version as a user of pairs.
pub(super) fn pair_use<'a>(
    function: &'a Function,
    version: Version,
    cause: &'a Cause,
) -> PairUse<'a> {
    let Function { id, scope, name, .. } = function;
    PairUse { user: PairUser { function: *id, version }, scope, name, cause }
}

/// A new `RevisionId`.
pub(crate) fn revision(random: &mut Random) -> u128 {
    u128::from(random.draw()) << 64 | u128::from(random.draw())
}

/// A `VpcConfig` as it is kept: subnets once each, all of one VPC with their groups.
pub(super) fn checked_vpc(
    network: &Network,
    scope: &Scope,
    asked: VpcConfig,
    role: RoleVerdict,
) -> Result<VpcConfig, Refusal> {
    if asked.subnets.is_empty() != asked.groups.is_empty() {
        return Err(Refusal::HalfVpcConfig);
    }
    // AWS looks for the groups first.
    let mut group_vpcs = BTreeSet::new();
    for id in &asked.groups {
        let group = network.group(scope, *id).map_err(|_| Refusal::NoGroup(*id))?;
        group_vpcs.insert(group.vpc);
    }
    let mut subnets = Vec::new();
    let mut vpcs = BTreeSet::new();
    let mut single = None;
    for id in asked.subnets {
        let subnet = network.subnet(scope, id).map_err(|_| Refusal::NoSubnet(id))?;
        vpcs.insert(subnet.vpc);
        if asked.ipv6 && subnet.block6.is_none() {
            single.get_or_insert(id);
        }
        if !subnets.contains(&id) {
            subnets.push(id);
        }
    }
    if vpcs.len() > 1 {
        return Err(Refusal::SubnetsApart);
    }
    if vpcs != group_vpcs {
        return Err(Refusal::GroupsApart);
    }
    if let Some(id) = single {
        return Err(Refusal::NotDualStack(id));
    }
    if !vpcs.is_empty() && role == RoleVerdict::Denied {
        return Err(Refusal::RoleMayNot);
    }
    let ipv6 = asked.ipv6 && !subnets.is_empty();
    Ok(VpcConfig { vpc: vpcs.first().copied(), subnets, groups: asked.groups, ipv6 })
}
