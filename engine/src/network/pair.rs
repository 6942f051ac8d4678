//! Pairs: a subnet with a set of security groups, and the hyperplane ENIs that functions share.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::base::id::{EniId, FunctionId, GroupId, SubnetId, Version};
use crate::base::limits::{CONNECTIONS_PER_ENI, ENI_AGAIN};
use crate::base::random::{fresh, mac, uuid};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::effect::{Effect, EffectSink, Refusal};
use crate::engine::Engine;
use crate::network::eni::NewEni;
use crate::node::NodeCommand;
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice, Decision, PassedOver};
use crate::record::eni::EniUser;
use crate::record::function::{EniModel, Function, Settings};
use crate::record::{Change, Key, Record};

/// What tells pairs apart.
pub(crate) type PairKey = (SubnetId, BTreeSet<GroupId>);

/// A pair in use, or on its way out.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) scope: Scope,
    pub(crate) enis: Vec<Shared>,
    pub(crate) users: BTreeSet<(FunctionId, Version)>,
}

/// One ENI of a pair.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub(crate) eni: EniId,
    /// Whether the node said that it carries traffic.
    pub(crate) ready: bool,
    /// Whether the node could not make it again after a restart, and is asked once more.
    pub(crate) failed: bool,
    pub(crate) connections: u32,
    /// Environments attached to it.
    pub(crate) environments: u32,
}

/// All pairs, and which ENI is whose.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs {
    pub(crate) by_key: BTreeMap<PairKey, Pair>,
    pub(crate) of_eni: BTreeMap<EniId, PairKey>,
}

impl Pairs {
    /// The shared ENI, while it exists.
    pub(crate) fn shared_mut(&mut self, eni: EniId) -> Option<&mut Shared> {
        let pair = self.by_key.get_mut(self.of_eni.get(&eni)?)?;
        pair.enis.iter_mut().find(|shared| shared.eni == eni)
    }

    pub(crate) fn are_ready<'a>(&self, mut keys: impl Iterator<Item = &'a PairKey>) -> bool {
        keys.all(|key| {
            self.by_key.get(key).is_some_and(|pair| pair.enis.iter().any(|shared| shared.ready))
        })
    }
}

/// What taking pairs into use brought about.
#[derive(Debug, Default)]
pub(crate) struct Acquired {
    pub(crate) changes: Vec<Change>,
    pub(crate) commands: Vec<NodeCommand>,
    pub(crate) decision: Option<Decision>,
    pub(crate) ready: bool,
}

impl Engine {
    /// Which ENI model a function has: its tag's, or the installation's.
    pub fn eni_model(&self, tags: &Tags) -> EniModel {
        match tags.get("warren:eni-model").map(String::as_str) {
            Some("classic") => EniModel::Classic,
            Some("hyperplane") => EniModel::Hyperplane,
            Some(_) | None => self.config.eni_model,
        }
    }

    /// The pairs that these settings ask for; none in the classic model.
    pub(crate) fn pairs_of(&self, tags: &Tags, settings: &Settings) -> Vec<PairKey> {
        match (&settings.vpc, self.eni_model(tags)) {
            (Some(vpc), EniModel::Hyperplane) => {
                vpc.subnets.iter().map(|subnet| (*subnet, vpc.groups.clone())).collect()
            }
            (Some(_), EniModel::Classic) | (None, _) => Vec::new(),
        }
    }

    /// Makes a function's version a user of pairs, and makes the ENIs of those that are new.
    /// Refused as a whole, before anything is changed.
    pub(crate) fn acquire_pairs(
        &mut self,
        now: Time,
        cause: &Cause,
        (function, version): (&Function, Version),
        keys: &[PairKey],
    ) -> Result<Acquired, Refusal> {
        let new = keys.iter().filter(|key| !self.network.pairs.by_key.contains_key(*key));
        let mut count = 0;
        for (subnet, groups) in new.clone() {
            // Nothing keeps those of a function without ENIs from being deleted.
            let is_gone = |_| Refusal::VpcConfigSubnet(*subnet);
            self.network.subnet(&function.scope, *subnet).map_err(is_gone)?;
            if let Some(gone) = groups.iter().find(|id| !self.network.groups.contains_key(id)) {
                return Err(Refusal::VpcConfigGroup(*gone));
            }
            if self.free_addresses(*subnet) == 0 {
                return Err(Refusal::VpcConfigSubnetFull(*subnet));
            }
            count += 1;
        }
        if let Some((subnet, _)) = new.clone().next() {
            let vpc = self.network.subnets[subnet].vpc;
            let limits = &self.config.limits;
            let all = self.network.tally.of_scope(&function.scope);
            if self.network.tally.of_functions(vpc) + count > limits.enis_per_vpc as usize
                || all + count > limits.enis_per_scope as usize
            {
                return Err(Refusal::VpcConfigEniLimit);
            }
        }
        let mut acquired = Acquired::default();
        for (cursor, key) in keys.iter().enumerate() {
            if !self.network.pairs.by_key.contains_key(key) {
                let pair = Pair {
                    scope: function.scope.clone(),
                    enis: Vec::new(),
                    users: BTreeSet::new(),
                };
                self.network.pairs.by_key.insert(key.clone(), pair);
                let eni = self.add_shared(
                    now,
                    cause.clone(),
                    key,
                    cursor as u32,
                    Vec::new(),
                    &function.name,
                );
                let eni = &self.network.enis[&eni];
                acquired.decision = Some(eni.decision.clone());
                acquired.changes.push(Change::Put(Box::new(Record::Eni(eni.clone()))));
                let plan = self.network.eni_plan(eni.id, Holder::Shared);
                acquired.commands.push(NodeCommand::PutEni(plan));
            }
            let pair =
                self.network.pairs.by_key.get_mut(key).expect("it is there or was just made");
            let is_new = pair.users.is_empty();
            pair.users.insert((function.id, version));
            let (eni, users) = (pair.enis[0].eni, pair.users.len() as u32);
            self.timers.cancel(Timer::Pair(eni));
            if !is_new {
                let choice = Choice::ShareEni { eni, subnet: key.0, users };
                let decision = self.journal.draft(now, cause.clone(), choice, Vec::new());
                let id = self.journal.keep(decision.clone());
                acquired.decision.get_or_insert(Decision { id, ..decision });
            }
        }
        acquired.ready = self.network.pairs.are_ready(keys.iter());
        Ok(acquired)
    }

    /// Makes one more ENI for a pair, named after a function; the subnet has an address for it.
    fn add_shared(
        &mut self,
        now: Time,
        cause: Cause,
        key: &PairKey,
        cursor: u32,
        passed_over: Vec<PassedOver>,
        function: &str,
    ) -> EniId {
        let id = fresh(&mut self.random, &self.network.enis, EniId);
        let choice = Choice::CreateEni { eni: id, subnet: key.0, cursor };
        let decision = self.journal.draft(now, cause, choice, passed_over);
        let new = NewEni {
            id,
            mac: mac(&mut self.random),
            scope: self.network.pairs.by_key[key].scope.clone(),
            subnet: key.0,
            groups: key.1.clone(),
            address: None,
            description: format!("AWS Lambda VPC ENI-{function}-{}", uuid(&mut self.random)),
            user: EniUser::Pair,
            tags: Tags::new(),
            decision: decision.clone(),
        };
        self.network.create_eni(new, &self.config.limits).expect("it was seen to be possible");
        self.journal.keep(decision);
        let pair = self.network.pairs.by_key.get_mut(key).expect("the caller has it");
        pair.enis.push(Shared {
            eni: id,
            ready: false,
            failed: false,
            connections: 0,
            environments: 0,
        });
        self.network.pairs.of_eni.insert(id, key.clone());
        id
    }

    /// Ends a version's use of all its pairs but these.
    pub(crate) fn release_pairs(
        &mut self,
        now: Time,
        user: (FunctionId, Version),
        but: &[PairKey],
        out: &mut dyn EffectSink,
    ) {
        let left: Vec<PairKey> = self
            .network
            .pairs
            .by_key
            .iter_mut()
            .filter(|(key, _)| !but.contains(key))
            .filter_map(|(key, pair)| pair.users.remove(&user).then(|| key.clone()))
            .collect();
        for key in left {
            self.settle_pair(now, &key, out);
        }
    }

    /// Deletes the ENIs of a pair that nobody uses any more, now or when AWS would.
    pub(crate) fn settle_pair(&mut self, now: Time, key: &PairKey, out: &mut dyn EffectSink) {
        let Some(pair) = self.network.pairs.by_key.get(key) else { return };
        if !pair.users.is_empty() || pair.enis.iter().any(|shared| shared.environments > 0) {
            return;
        }
        let wait = self.config.limits.eni_release;
        match pair.enis.first() {
            Some(shared) if !wait.is_zero() => {
                self.timers.set_once(Timer::Pair(shared.eni), now + wait);
            }
            Some(_) | None => self.remove_pair(now, key, out),
        }
    }

    /// A pair that nobody used when its time was up.
    pub(crate) fn pair_is_due(&mut self, now: Time, eni: EniId, out: &mut dyn EffectSink) {
        let Some(key) = self.network.pairs.of_eni.get(&eni).cloned() else { return };
        let pair = &self.network.pairs.by_key[&key];
        if pair.users.is_empty() && pair.enis.iter().all(|shared| shared.environments == 0) {
            self.remove_pair(now, &key, out);
        }
    }

    fn remove_pair(&mut self, now: Time, key: &PairKey, out: &mut dyn EffectSink) {
        let pair = self.network.pairs.by_key.remove(key).expect("the caller has it");
        let mut changes = Vec::new();
        for shared in pair.enis {
            self.network.pairs.of_eni.remove(&shared.eni);
            self.network.remove_eni(shared.eni);
            self.journal.forget(shared.eni);
            let cause = Cause::Api { operation: "reclaim".to_string(), function: None };
            let decision =
                self.journal.draft(now, cause, Choice::DeleteEni(shared.eni), Vec::new());
            self.journal.keep(decision);
            out.push(Effect::command(NodeCommand::DeleteEni(shared.eni)));
            changes.push(Change::Delete(Key::Eni(shared.eni)));
        }
        self.persist(changes, out);
    }

    /// The node says that a shared ENI carries traffic.
    pub(crate) fn eni_is_ready(&mut self, now: Time, eni: EniId, out: &mut dyn EffectSink) {
        let Some(shared) = self.network.pairs.shared_mut(eni) else { return };
        shared.ready = true;
        shared.failed = false;
        let key = &self.network.pairs.of_eni[&eni];
        let users: BTreeSet<FunctionId> =
            self.network.pairs.by_key[key].users.iter().map(|(function, _)| *function).collect();
        for function in users {
            self.network_is_there(now, function, out);
        }
    }

    /// The node says that a shared ENI cannot be made.
    pub(crate) fn eni_has_failed(&mut self, now: Time, eni: EniId, out: &mut dyn EffectSink) {
        let Some(key) = self.network.pairs.of_eni.get(&eni).cloned() else { return };
        let pair = &self.network.pairs.by_key[&key];
        if pair.enis.iter().any(|shared| shared.ready) {
            // A further ENI that failed: those there are carry on.
            let pair = self.network.pairs.by_key.get_mut(&key).expect("it was just found");
            let attached =
                pair.enis.iter().any(|shared| shared.eni == eni && shared.environments > 0);
            if !attached
                && pair.enis.len() > 1
                && pair.enis.iter().any(|s| s.eni == eni && !s.ready)
            {
                pair.enis.retain(|shared| shared.eni != eni);
                self.network.pairs.of_eni.remove(&eni);
                self.network.remove_eni(eni);
                out.push(Effect::command(NodeCommand::DeleteEni(eni)));
                self.persist(Vec::from([Change::Delete(Key::Eni(eni))]), out);
            }
            return;
        }
        let users: BTreeSet<FunctionId> =
            pair.users.iter().map(|(function, _)| *function).collect();
        for function in users {
            self.network_has_failed(now, function, out);
        }
        // Whoever was Active before a restart stays so, and waits for the next try.
        if let Some(shared) = self.network.pairs.shared_mut(eni) {
            shared.failed = true;
            self.timers.set(Timer::Again(eni), now + ENI_AGAIN);
        }
    }

    /// A shared ENI that could not be made is tried again.
    pub(crate) fn try_again(&mut self, eni: EniId, out: &mut dyn EffectSink) {
        if self.network.pairs.shared_mut(eni).is_some_and(|shared| shared.failed) {
            let plan = self.network.eni_plan(eni, Holder::Shared);
            out.push(Effect::command(NodeCommand::PutEni(plan)));
        }
    }

    /// The node says how many connections a shared ENI carries; a pair whose ENIs are all full
    /// gets a further one.
    pub(crate) fn connections(
        &mut self,
        now: Time,
        eni: EniId,
        count: u32,
        out: &mut dyn EffectSink,
    ) {
        let Some(shared) = self.network.pairs.shared_mut(eni) else { return };
        shared.connections = count;
        let key = self.network.pairs.of_eni[&eni].clone();
        let pair = &self.network.pairs.by_key[&key];
        let is_full = |shared: &Shared| shared.connections >= CONNECTIONS_PER_ENI;
        if !pair.enis.iter().all(is_full) {
            return;
        }
        let full: Vec<_> = pair
            .enis
            .iter()
            .map(|shared| PassedOver::EniFull(shared.eni, shared.connections))
            .collect();
        let vpc = self.network.subnets[&key.0].vpc;
        if self.free_addresses(key.0) == 0
            || self.network.tally.of_functions(vpc) >= self.config.limits.enis_per_vpc as usize
            || self.network.enis.values().filter(|eni| eni.scope == pair.scope).count()
                >= self.config.limits.enis_per_scope as usize
        {
            return;
        }
        // A pair whose last user has gone is named after none.
        let user = self.network.pairs.by_key[&key].users.first();
        let function = user.and_then(|(function, _)| self.functions.by_id.get(function));
        let function = function.map(|function| function.name.clone()).unwrap_or_default();
        let cause = Cause::Connections(eni, count);
        let further = self.add_shared(now, cause, &key, 0, full, &function);
        let record = self.network.enis[&further].clone();
        out.push(Effect::command(NodeCommand::PutEni(
            self.network.eni_plan(further, Holder::Shared),
        )));
        self.persist(Vec::from([Change::Put(Box::new(Record::Eni(record)))]), out);
    }

    /// The ENI of a pair for a further environment: the first that is not full.
    pub(crate) fn share(
        &mut self,
        key: &PairKey,
        passed_over: &mut Vec<PassedOver>,
    ) -> Option<EniId> {
        let pair = self.network.pairs.by_key.get_mut(key)?;
        let mut chosen = None;
        for (at, shared) in pair.enis.iter().enumerate() {
            if shared.failed {
                let text = "it could not be made again after a restart".into();
                passed_over.push(PassedOver::EniFailed(shared.eni, text));
                continue;
            }
            chosen = Some(at);
            if shared.connections < CONNECTIONS_PER_ENI {
                break;
            }
            passed_over.push(PassedOver::EniFull(shared.eni, shared.connections));
        }
        let shared = pair.enis.get_mut(chosen?)?;
        shared.environments += 1;
        Some(shared.eni)
    }

    /// Rebuilds the pairs from the functions and ENIs that were stored; what is wanted and not
    /// there is made, what is there and not wanted is due at once.
    pub(crate) fn restore_pairs(&mut self, out: &mut dyn EffectSink) {
        for eni in self.network.enis.values().filter(|eni| eni.user == EniUser::Pair) {
            let key = (eni.subnet, eni.groups.clone());
            let empty =
                || Pair { scope: eni.scope.clone(), enis: Vec::new(), users: BTreeSet::new() };
            let pair = self.network.pairs.by_key.entry(key.clone()).or_insert_with(empty);
            let shared = Shared {
                eni: eni.id,
                ready: false,
                failed: false,
                connections: 0,
                environments: 0,
            };
            pair.enis.push(shared);
            self.network.pairs.of_eni.insert(eni.id, key);
        }
        let wanted = self.wanted_pairs();
        let mut changes = Vec::new();
        for (user, keys) in wanted {
            let missing = keys.iter().any(|key| !self.network.pairs.by_key.contains_key(key));
            let function = self.functions.by_id[&user.0].clone();
            if !missing {
                for key in &keys {
                    let pair = self.network.pairs.by_key.get_mut(key).expect("none is missing");
                    pair.users.insert(user);
                }
                continue;
            }
            // The installation's ENI model was another one.
            match self.acquire_pairs(function.used, &Cause::Restart, (&function, user.1), &keys) {
                Ok(mut acquired) => changes.append(&mut acquired.changes),
                Err(_) => self.deactivate(user.0, &mut changes),
            }
        }
        self.persist(changes, out);
        for (eni, key) in &self.network.pairs.of_eni {
            let plan = self.network.eni_plan(*eni, Holder::Shared);
            out.push(Effect::command(NodeCommand::PutEni(plan)));
            let pair = &self.network.pairs.by_key[key];
            if pair.users.is_empty() && pair.enis[0].eni == *eni {
                self.timers.set(Timer::Pair(*eni), Time(0));
            }
        }
    }

    /// Every version with the pairs that it uses now or is about to.
    fn wanted_pairs(&self) -> Vec<((FunctionId, Version), Vec<PairKey>)> {
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
                    wanted.push(((function.id, version), keys));
                }
            }
        }
        wanted
    }

    /// Checks pairs against ENIs and environments.
    pub(crate) fn check_pairs(&self) {
        let mut attached: BTreeMap<EniId, u32> = BTreeMap::new();
        for environment in self.environments.values() {
            if let Some(eni) = environment.shared_eni() {
                *attached.entry(eni).or_default() += 1;
            }
        }
        let mut count = 0;
        for (key, pair) in &self.network.pairs.by_key {
            assert!(!pair.enis.is_empty(), "a pair of {} has no ENI", key.0);
            for shared in &pair.enis {
                let eni = &self.network.enis[&shared.eni];
                assert_eq!((eni.subnet, &eni.groups), (key.0, &key.1), "{} and its pair", eni.id);
                assert_eq!(eni.user, EniUser::Pair, "{} is a pair's", eni.id);
                assert_eq!(
                    self.network.pairs.of_eni.get(&eni.id),
                    Some(key),
                    "{} finds its pair",
                    eni.id
                );
                let here = attached.get(&eni.id).copied().unwrap_or(0);
                assert_eq!(shared.environments, here, "environments at {}", eni.id);
                count += 1;
            }
        }
        let shared = self.network.enis.values().filter(|eni| eni.user == EniUser::Pair);
        assert_eq!(
            (count, count),
            (self.network.pairs.of_eni.len(), shared.count()),
            "ENIs of pairs"
        );
    }
}
