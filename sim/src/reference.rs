//! The reference: what was acknowledged, kept as plainly as can be.

use std::collections::{BTreeMap, BTreeSet};

use engine::engine::Engine;
use engine::id::{GroupId, SubnetId};
use engine::record::eni::EniUser;
use engine::record::function::{EniModel, FunctionState};
use engine::record::{Key, Record};
use engine::scope::Scope;

/// What must be there after any crash, and what must not.
#[derive(Debug, Default)]
pub(crate) struct Reference {
    acknowledged: BTreeMap<Key, bool>,
}

impl Reference {
    /// Something was answered: it is there, or it is gone, for good.
    pub(crate) fn acknowledge(&mut self, key: Key, is_there: bool) {
        self.acknowledged.insert(key, is_there);
    }

    /// Something is about to change, and may be either until it is answered.
    pub(crate) fn doubt(&mut self, key: Key) {
        self.acknowledged.remove(&key);
    }

    /// Compares with what is durable.
    pub(crate) fn compare(&self, stored: &BTreeMap<Key, Record>) {
        for (key, is_there) in &self.acknowledged {
            assert_eq!(stored.contains_key(key), *is_there, "{key:?} was acknowledged");
        }
    }

    /// Compares the ENIs of a world at rest with those that its functions ask for: one for each
    /// pair of a function that is Active in the hyperplane model, none for anybody else.
    pub(crate) fn compare_at_rest(engine: &Engine, scope: &Scope) {
        let mut wanted: BTreeSet<(SubnetId, BTreeSet<GroupId>)> = BTreeSet::new();
        for function in engine.functions(scope) {
            for (_, configuration) in function.configurations() {
                let Some(vpc) = &configuration.settings.vpc else { continue };
                let is_shared = engine.eni_model(&function.tags) == EniModel::Hyperplane;
                if is_shared && configuration.state == FunctionState::Active {
                    wanted.extend(vpc.subnets.iter().map(|id| (*id, vpc.groups.clone())));
                }
            }
        }
        let mut held: BTreeMap<SubnetId, u32> = BTreeMap::new();
        let mut pairs = BTreeSet::new();
        for eni in engine.all_enis() {
            *held.entry(eni.subnet).or_default() += 1;
            match &eni.user {
                EniUser::Pair => {
                    pairs.insert((eni.subnet, eni.groups.clone()));
                }
                EniUser::Customer | EniUser::Resource(_) | EniUser::NatGateway(_) => {}
                EniUser::Environment(..) | EniUser::Released(_) => {
                    panic!("{} outlived its environment", eni.id)
                }
            }
        }
        assert_eq!(pairs, wanted, "shared ENIs of a world at rest");
        for subnet in engine.subnets(scope) {
            let all = subnet.cidr.size() as u32 - 5;
            let held = held.get(&subnet.id).copied().unwrap_or(0);
            assert_eq!(engine.free_addresses(subnet.id), all - held, "addresses of {}", subnet.id);
        }
    }
}
