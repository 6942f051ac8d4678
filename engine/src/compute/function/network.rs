//! A function's network: what a `VpcConfig` must be, and when its ENIs are there.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::base::id::{FunctionId, Version};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::effect::{Effect, EffectSink, Refusal};
use crate::engine::Engine;
use crate::network::pair::PairKey;
use crate::record::decision::Cause;
use crate::record::function::{FunctionState, FunctionUpdate, RoleVerdict, StateReason, VpcConfig};
use crate::record::{Change, Record};

impl Engine {
    /// A `VpcConfig` as it is kept: subnets once each, all of one VPC with their groups.
    pub(crate) fn checked_vpc(
        &self,
        scope: &Scope,
        asked: VpcConfig,
        role: RoleVerdict,
    ) -> Result<VpcConfig, Refusal> {
        if asked.subnets.is_empty() != asked.groups.is_empty() {
            return Err(Refusal::VpcConfigHalf);
        }
        let mut subnets = Vec::new();
        let mut vpcs = BTreeSet::new();
        for id in asked.subnets {
            let subnet =
                self.network.subnet(scope, id).map_err(|_| Refusal::VpcConfigSubnet(id))?;
            vpcs.insert(subnet.vpc);
            if !subnets.contains(&id) {
                subnets.push(id);
            }
        }
        let mut group_vpcs = BTreeSet::new();
        for id in &asked.groups {
            let group = self.network.group(scope, *id).map_err(|_| Refusal::VpcConfigGroup(*id))?;
            group_vpcs.insert(group.vpc);
        }
        if vpcs.len() > 1 {
            return Err(Refusal::VpcConfigSubnetsApart);
        }
        if vpcs != group_vpcs {
            return Err(Refusal::VpcConfigGroupsApart);
        }
        if !vpcs.is_empty() && role == RoleVerdict::Denied {
            return Err(Refusal::RoleMayNot);
        }
        Ok(VpcConfig { vpc: vpcs.first().copied(), subnets, groups: asked.groups })
    }

    /// Pairs of a version by the settings that are shown.
    pub(crate) fn pairs_shown(&self, function: FunctionId, version: Version) -> Vec<PairKey> {
        let function = &self.functions.by_id[&function];
        let configuration = function.configuration(version).expect("the caller found it");
        self.pairs_of(&function.tags, &configuration.settings)
    }

    /// An ENI of the function is ready: what waited for its ENIs goes on when all are.
    pub(crate) fn network_is_there(&mut self, now: Time, id: FunctionId, out: &mut dyn EffectSink) {
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
            if !self.network.pairs.are_ready(keys.iter()) {
                continue;
            }
            let revision = self.revision();
            let function = self.functions.get_mut(&id).expect("it was just found");
            let each = function.configuration_mut(version).expect("it was just found");
            let was_update = matches!(each.update, FunctionUpdate::InProgress(_));
            each.state = FunctionState::Active;
            each.update = FunctionUpdate::Successful;
            each.revision = revision;
            has_changed = true;
            if was_update {
                self.supersede(now, id, Some(version), out);
            }
            self.release_pairs(now, (id, version), &keys, out);
        }
        if has_changed {
            self.watch_idleness(now, id);
            self.store_function(id, out);
        }
    }

    /// An ENI of the function cannot be made: the creation or update fails.
    pub(crate) fn network_has_failed(
        &mut self,
        now: Time,
        id: FunctionId,
        out: &mut dyn EffectSink,
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
            self.release_pairs(now, (id, version), &keys, out);
        }
        self.store_function(id, out);
    }

    /// Sets the timer by which an idle VPC function loses its ENIs.
    pub(crate) fn watch_idleness(&mut self, now: Time, id: FunctionId) {
        let shares = !self.pairs_shown(id, Version(0)).is_empty();
        let timer = Timer::Inactive(id);
        if shares {
            self.timers.set(timer, now + self.config.limits.inactive);
        } else {
            self.timers.cancel(timer);
        }
    }

    /// A VPC function has perhaps not been invoked for long.
    pub(crate) fn inactivity_is_due(
        &mut self,
        now: Time,
        id: FunctionId,
        out: &mut dyn EffectSink,
    ) {
        let Some(function) = self.functions.by_id.get(&id) else { return };
        let due = function.used + self.config.limits.inactive;
        let is_busy = self.live.get(&id).is_some_and(|live| live.inflight > 0);
        if due > now || is_busy || function.latest.state != FunctionState::Active {
            let again = if due > now { due } else { now + self.config.limits.inactive };
            return self.timers.set(Timer::Inactive(id), again);
        }
        let mut changes = Vec::new();
        self.deactivate(id, &mut changes);
        self.supersede(now, id, None, out);
        let versions: Vec<Version> = {
            let function = &self.functions.by_id[&id];
            function.configurations().map(|(version, _)| version).collect()
        };
        for version in versions {
            self.release_pairs(now, (id, version), &[], out);
        }
        self.persist(changes, out);
    }

    /// Marks a function's versions Inactive.
    pub(crate) fn deactivate(&mut self, id: FunctionId, changes: &mut Vec<Change>) {
        let revision = self.revision();
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
    pub(crate) fn restore_network(&mut self, now: Time, id: FunctionId, out: &mut dyn EffectSink) {
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
            let Ok(acquired) = self.acquire_pairs(now, &cause, (&function, version), &keys) else {
                continue;
            };
            acquired.commands.into_iter().for_each(|command| out.push(Effect::command(command)));
            self.persist(acquired.changes, out);
            let state =
                if acquired.ready { FunctionState::Active } else { FunctionState::Restoring };
            let function = self.functions.get_mut(&id).expect("it was just found");
            function.used = now;
            function.configuration_mut(version).expect("it was just listed").state = state;
        }
        self.watch_idleness(now, id);
        self.store_function(id, out);
    }

    /// Stores a function that changed by itself.
    pub(crate) fn store_function(&mut self, id: FunctionId, out: &mut dyn EffectSink) {
        let record = Record::Function(self.functions.by_id[&id].clone());
        self.persist(Vec::from([Change::Put(Box::new(record))]), out);
    }
}
