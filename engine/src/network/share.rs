//! What becomes of pairs: functions begin and end to use them, ENIs are added, fail and go.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::base::id::{EniId, FunctionId};
use crate::base::limits::{ENI_AGAIN, Limits};
use crate::base::random::{fresh, mac, uuid};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::cx::Cx;
use crate::network::Network;
use crate::network::eni::NewEni;
use crate::network::pair::{Pair, PairKey, PairRefusal, PairUse, PairUser, PairsUsed, SharedEni};
use crate::node::NodeCommand;
use crate::plan::Holder;
use crate::record::decision::{Cause, Choice, Decision, PassedOver};
use crate::record::eni::EniUser;
use crate::record::{Change, Key, Record};

impl Network {
    /// Whether each of these pairs has an ENI that carries traffic.
    pub(crate) fn are_ready(&self, keys: &[PairKey]) -> bool {
        let pairs = &self.pairs.by_key;
        let is_ready = |pair: &Pair| pair.enis.iter().any(|shared| shared.ready);
        keys.iter().all(|key| pairs.get(key).is_some_and(is_ready))
    }

    /// Whether a scope's function may use these pairs: those that are new need ENIs.
    pub(crate) fn may_use_pairs(
        &self,
        scope: &Scope,
        keys: &[PairKey],
        limits: &Limits,
    ) -> Result<(), PairRefusal> {
        let mut count = 0;
        let mut vpc = None;
        for key in keys.iter().filter(|key| !self.pairs.by_key.contains_key(*key)) {
            let PairKey { subnet: id, groups, .. } = key;
            // Nothing keeps those of a function without ENIs from being deleted.
            let subnet = self.subnets.get(id).filter(|subnet| subnet.scope == *scope);
            let subnet = subnet.ok_or(PairRefusal::NoSubnet(*id))?;
            if let Some(gone) = groups.iter().find(|id| !self.groups.contains_key(id)) {
                return Err(PairRefusal::NoGroup(*gone));
            }
            if self.free_addresses(*id) == 0 {
                return Err(PairRefusal::SubnetFull(*id));
            }
            vpc.get_or_insert(subnet.vpc);
            count += 1;
        }
        let Some(vpc) = vpc else { return Ok(()) };
        let has_room = self.tally.of_functions(vpc) + count <= limits.enis_per_vpc as usize
            && self.tally.of_scope(scope) + count <= limits.enis_per_scope as usize;
        if has_room { Ok(()) } else { Err(PairRefusal::TooManyEnis) }
    }

    /// Makes a function's version a user of pairs, which it may be, and makes the ENIs of those
    /// that are new.
    pub(crate) fn use_pairs(
        &mut self,
        cx: &mut Cx<'_>,
        by: PairUse<'_>,
        keys: &[PairKey],
    ) -> PairsUsed {
        let mut used = PairsUsed::default();
        for (cursor, key) in keys.iter().enumerate() {
            if !self.pairs.by_key.contains_key(key) {
                self.pairs.by_key.insert(key.clone(), Pair::new(by.scope.clone()));
                let cause = by.cause.clone();
                let eni = self.add_shared(cx, cause, key, cursor as u32, Vec::new(), by.name);
                let eni = &self.enis[&eni];
                used.decision = Some(eni.decision.clone());
                used.changes.push(Change::Put(Box::new(Record::Eni(eni.clone()))));
                used.commands.push(NodeCommand::PutEni(self.eni_plan(eni.id, Holder::Shared)));
            }
            let pair = self.pairs.by_key.get_mut(key).expect("it is there or was just made");
            let is_new = pair.users.is_empty();
            pair.users.insert(by.user, by.name.into());
            let (eni, users) = (pair.enis[0].eni, pair.users.len() as u32);
            cx.timers.cancel(Timer::Pair(eni));
            if !is_new {
                let choice = Choice::ShareEni { eni, subnet: key.subnet, users };
                let decision = cx.journal.draft(cx.now, by.cause.clone(), choice, Vec::new());
                let id = cx.journal.keep(decision.clone());
                used.decision.get_or_insert(Decision { id, ..decision });
            }
        }
        used.ready = self.are_ready(keys);
        used
    }

    /// Makes a version a user of pairs that are there.
    pub(crate) fn join_pairs(&mut self, user: PairUser, name: &str, keys: &[PairKey]) {
        for key in keys {
            let pair = self.pairs.by_key.get_mut(key).expect("none is missing");
            pair.users.insert(user, name.into());
        }
    }

    /// Whether all of these pairs are there.
    pub(crate) fn has_pairs(&self, keys: &[PairKey]) -> bool {
        keys.iter().all(|key| self.pairs.by_key.contains_key(key))
    }

    /// Makes one more ENI for a pair, named after a function; the subnet has an address for it.
    fn add_shared(
        &mut self,
        cx: &mut Cx<'_>,
        cause: Cause,
        key: &PairKey,
        cursor: u32,
        passed_over: Vec<PassedOver>,
        function: &str,
    ) -> EniId {
        let id = fresh(cx.random, &self.enis, EniId);
        let choice = Choice::CreateEni { eni: id, subnet: key.subnet, cursor };
        let decision = cx.journal.draft(cx.now, cause, choice, passed_over);
        let new = NewEni {
            id,
            mac: mac(cx.random),
            scope: self.pairs.by_key[key].scope.clone(),
            subnet: key.subnet,
            groups: key.groups.clone(),
            address: None,
            addresses6: self.addresses6_for(key.subnet, key.ipv6, cx.random),
            description: format!("AWS Lambda VPC ENI-{function}-{}", uuid(cx.random)),
            user: EniUser::Pair,
            tags: Tags::new(),
            decision: decision.clone(),
        };
        self.create_eni(new, cx.limits).expect("it was seen to be possible");
        self.eni_comes(cx, id);
        cx.journal.keep(decision);
        self.pairs.add(key, id);
        id
    }

    /// Ends a version's use of all its pairs but these.
    pub(crate) fn release_pairs(&mut self, cx: &mut Cx<'_>, user: PairUser, but: &[PairKey]) {
        let pairs = self.pairs.by_key.iter_mut().filter(|(key, _)| !but.contains(key));
        let left: Vec<PairKey> =
            pairs.filter_map(|(key, pair)| pair.users.remove(&user).map(|_| key.clone())).collect();
        for key in left {
            self.settle_pair(cx, &key);
        }
    }

    /// Deletes the ENIs of a pair that nobody uses any more, now or when AWS would.
    fn settle_pair(&mut self, cx: &mut Cx<'_>, key: &PairKey) {
        let Some(pair) = self.pairs.by_key.get(key).filter(|pair| pair.is_unused()) else { return };
        let wait = cx.limits.eni_release;
        match pair.enis.first() {
            Some(shared) if !wait.is_zero() => {
                cx.timers.set_once(Timer::Pair(shared.eni), cx.now + wait);
            }
            Some(_) | None => self.remove_pair(cx, key),
        }
    }

    /// A pair that nobody used when its time was up.
    pub(crate) fn pair_is_due(&mut self, cx: &mut Cx<'_>, eni: EniId) {
        let Some(key) = self.pairs.of_eni.get(&eni).cloned() else { return };
        if self.pairs.by_key[&key].is_unused() {
            self.remove_pair(cx, &key);
        }
    }

    fn remove_pair(&mut self, cx: &mut Cx<'_>, key: &PairKey) {
        let pair = self.pairs.by_key.remove(key).expect("the caller has it");
        let mut changes = Vec::new();
        for shared in pair.enis {
            self.pairs.of_eni.remove(&shared.eni);
            self.remove_eni(cx, shared.eni, &mut changes);
            cx.journal.forget(shared.eni);
            let cause = Cause::Api { operation: "reclaim".to_string(), function: None };
            let choice = Choice::DeleteEni(shared.eni);
            let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
            cx.journal.keep(decision);
            cx.command(NodeCommand::DeleteEni(shared.eni));
            changes.push(Change::Delete(Key::Eni(shared.eni)));
        }
        cx.persist(changes);
    }

    /// The node says that a shared ENI carries traffic; answers the functions that use it.
    pub(crate) fn eni_is_ready(&mut self, eni: EniId) -> BTreeSet<FunctionId> {
        let Some(shared) = self.pairs.shared_mut(eni) else { return BTreeSet::new() };
        shared.ready = true;
        shared.failed = false;
        self.pairs.by_key[&self.pairs.of_eni[&eni]].functions()
    }

    /// The node says that a shared ENI cannot be made; answers the functions that are without
    /// network for it, and which are to be told before it is tried again.
    pub(crate) fn eni_has_failed(
        &mut self,
        cx: &mut Cx<'_>,
        eni: EniId,
    ) -> Option<BTreeSet<FunctionId>> {
        let key = self.pairs.of_eni.get(&eni).cloned()?;
        let pair = self.pairs.by_key.get_mut(&key).expect("its ENI finds it");
        if !pair.enis.iter().any(|shared| shared.ready) {
            return Some(pair.functions());
        }
        // A further ENI that failed: those there are carry on.
        let is_spare =
            |shared: &SharedEni| shared.eni == eni && !shared.ready && shared.environments == 0;
        if pair.enis.len() > 1 && pair.enis.iter().any(is_spare) {
            pair.enis.retain(|shared| shared.eni != eni);
            self.pairs.of_eni.remove(&eni);
            let mut changes = Vec::from([Change::Delete(Key::Eni(eni))]);
            self.remove_eni(cx, eni, &mut changes);
            cx.command(NodeCommand::DeleteEni(eni));
            cx.persist(changes);
        }
        None
    }

    /// Tries a shared ENI again after a while, if somebody uses it still: whoever was Active before
    /// a restart stays so, and waits for it.
    pub(crate) fn retry_eni_later(&mut self, cx: &mut Cx<'_>, eni: EniId) {
        if let Some(shared) = self.pairs.shared_mut(eni) {
            shared.failed = true;
            cx.timers.set(Timer::Again(eni), cx.now + ENI_AGAIN);
        }
    }

    /// A shared ENI that could not be made is tried again.
    pub(crate) fn retry_eni(&mut self, cx: &mut Cx<'_>, eni: EniId) {
        if self.pairs.shared_mut(eni).is_some_and(|shared| shared.failed) {
            cx.command(NodeCommand::PutEni(self.eni_plan(eni, Holder::Shared)));
        }
    }

    /// The node says how many connections a shared ENI carries; a pair whose ENIs are all full
    /// gets a further one.
    pub(crate) fn eni_carries(&mut self, cx: &mut Cx<'_>, eni: EniId, connections: u32) {
        let Some(shared) = self.pairs.shared_mut(eni) else { return };
        shared.connections = connections;
        let key = self.pairs.of_eni[&eni].clone();
        let pair = &self.pairs.by_key[&key];
        if !pair.enis.iter().all(SharedEni::is_full) {
            return;
        }
        let full: Vec<_> = pair
            .enis
            .iter()
            .map(|shared| PassedOver::EniFull(shared.eni, shared.connections))
            .collect();
        let vpc = self.subnets[&key.subnet].vpc;
        if self.free_addresses(key.subnet) == 0
            || self.tally.of_functions(vpc) >= cx.limits.enis_per_vpc as usize
            || self.tally.of_scope(&pair.scope) >= cx.limits.enis_per_scope as usize
        {
            return;
        }
        // A pair whose last user has gone is named after none.
        let function = pair.users.values().next().cloned().unwrap_or_default();
        let cause = Cause::Connections(eni, connections);
        let further = self.add_shared(cx, cause, &key, 0, full, &function);
        let record = self.enis[&further].clone();
        cx.command(NodeCommand::PutEni(self.eni_plan(further, Holder::Shared)));
        cx.persist(Vec::from([Change::Put(Box::new(Record::Eni(record)))]));
    }

    /// Shares an ENI of a pair with a further environment: the first that is not full.
    pub(super) fn share(
        &mut self,
        key: &PairKey,
        passed_over: &mut Vec<PassedOver>,
    ) -> Option<EniId> {
        let pair = self.pairs.by_key.get_mut(key)?;
        let mut chosen = None;
        for (at, shared) in pair.enis.iter().enumerate() {
            if shared.failed {
                let text = "it could not be made again after a restart".into();
                passed_over.push(PassedOver::EniFailed(shared.eni, text));
                continue;
            }
            chosen = Some(at);
            if !shared.is_full() {
                break;
            }
            passed_over.push(PassedOver::EniFull(shared.eni, shared.connections));
        }
        let shared = pair.enis.get_mut(chosen?)?;
        shared.environments += 1;
        Some(shared.eni)
    }

    /// An environment that shared an ENI is gone.
    pub(super) fn unshare(&mut self, cx: &mut Cx<'_>, eni: EniId) {
        if let Some(shared) = self.pairs.shared_mut(eni) {
            shared.environments -= 1;
            let key = self.pairs.of_eni[&eni].clone();
            self.settle_pair(cx, &key);
        }
    }

    /// Finds the pairs of the ENIs that were stored; their users come next.
    pub(crate) fn restore_pairs(&mut self) {
        for eni in self.enis.values().filter(|eni| eni.user == EniUser::Pair) {
            let (subnet, groups) = (eni.subnet, eni.groups.clone());
            let key = PairKey { subnet, groups, ipv6: !eni.addresses6.is_empty() };
            let known = self.pairs.by_key.entry(key.clone());
            known.or_insert_with(|| Pair::new(eni.scope.clone())).enis.push(SharedEni::new(eni.id));
            self.pairs.of_eni.insert(eni.id, key);
        }
    }

    /// Asks the node for the ENIs of all pairs; those of pairs without users are due at once.
    pub(crate) fn put_pairs(&mut self, cx: &mut Cx<'_>) {
        for (eni, key) in &self.pairs.of_eni {
            cx.command(NodeCommand::PutEni(self.eni_plan(*eni, Holder::Shared)));
            let pair = &self.pairs.by_key[key];
            if pair.users.is_empty() && pair.enis[0].eni == *eni {
                cx.timers.set(Timer::Pair(*eni), Time(0));
            }
        }
    }

    /// Checks pairs against ENIs, and against how many environments are attached to each.
    pub(crate) fn check_pairs(&self, attached: &BTreeMap<EniId, u32>) {
        let mut count = 0;
        for (key, pair) in &self.pairs.by_key {
            assert!(!pair.enis.is_empty(), "a pair of {} has no ENI", key.subnet);
            for shared in &pair.enis {
                let eni = &self.enis[&shared.eni];
                let of_eni = (eni.subnet, &eni.groups);
                assert_eq!(of_eni, (key.subnet, &key.groups), "{} and its pair", eni.id);
                assert_eq!(eni.user, EniUser::Pair, "{} is a pair's", eni.id);
                assert_eq!(self.pairs.of_eni.get(&eni.id), Some(key), "{} finds its pair", eni.id);
                let here = attached.get(&eni.id).copied().unwrap_or(0);
                assert_eq!(shared.environments, here, "environments at {}", eni.id);
                count += 1;
            }
        }
        let shared = self.enis.values().filter(|eni| eni.user == EniUser::Pair);
        assert_eq!((count, count), (self.pairs.of_eni.len(), shared.count()), "ENIs of pairs");
    }
}
