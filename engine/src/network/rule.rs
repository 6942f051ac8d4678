//! Rules of security groups that change in place: they keep their ids and tags.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::mem::discriminant;

use crate::ask::Ask;
use crate::base::id::{GroupId, Missing, RuleId};
use crate::base::limits::Limits;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::group::Refusal;
use crate::record::group::{Direction, Group, Peer, RuleSpec};

/// `ModifySecurityGroupRules`: all of them or none. What a rule permits comes to be something else; of
/// what kind its other end is does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modify {
    /// The owner.
    pub scope: Scope,
    /// Whose rules.
    pub group: GroupId,
    /// What each comes to permit.
    pub rules: Vec<(RuleId, RuleSpec)>,
}

/// `UpdateSecurityGroupRuleDescriptionsIngress` and `…Egress`: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redescribe {
    /// The owner.
    pub scope: Scope,
    /// Whose rules.
    pub group: GroupId,
    /// Which way.
    pub direction: Direction,
    /// The descriptions that they come to have.
    pub descriptions: Descriptions,
}

/// Descriptions of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Descriptions {
    /// By the rules' ids.
    Ids(Vec<(RuleId, Option<String>)>),
    /// By what the rules permit.
    Specs(Vec<RuleSpec>),
}

impl Ask for Modify {
    type Answer = ();
    type Refusal = Refusal;
    /// The group as it comes to be.
    type Granted = Group;

    fn check(self, engine: &Engine) -> Result<Group, Refusal> {
        engine.network.modified(self, &engine.config.limits)
    }

    fn apply(granted: Group, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_group(&mut cx, granted);
    }
}

impl Ask for Redescribe {
    type Answer = ();
    type Refusal = Refusal;
    /// The group as it comes to be.
    type Granted = Group;

    fn check(self, engine: &Engine) -> Result<Group, Refusal> {
        engine.network.redescribed(self)
    }

    fn apply(granted: Group, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_group(&mut cx, granted);
    }
}

impl Network {
    fn modified(&self, wanted: Modify, limits: &Limits) -> Result<Group, Refusal> {
        let Modify { scope, group, rules } = wanted;
        let mut group = self.group(&scope, group)?.clone();
        let (mut changed, mut lists) = (BTreeSet::new(), BTreeSet::new());
        for (id, spec) in rules {
            if !changed.insert(id) {
                return Err(Refusal::RuleRepeated);
            }
            if let Peer::Group(peer) = spec.peer
                && !self.may_name(&scope, group.vpc, peer)
            {
                return Err(Refusal::NoGroup(peer));
            }
            if let Peer::List(list) = spec.peer {
                self.weight_of(&scope, list).map_err(|Missing(id)| Refusal::NoList(id))?;
                lists.insert(list);
            }
            let rule = group.rules.get_mut(&id).ok_or(Refusal::NoRule(id))?;
            if discriminant(&rule.spec.peer) != discriminant(&spec.peer) {
                return Err(Refusal::KindOfPeer(id));
            }
            rule.spec = spec;
        }
        // A list may count for more than the one before.
        if lists.into_iter().any(|list| !self.may_have_rules(&group, (list, 0), limits)) {
            return Err(Refusal::TooManyRules);
        }
        // Rules may change places; when all have changed, no two permit the same.
        let mut permitted = BTreeMap::new();
        for rule in group.rules.values() {
            let way = rule.direction == Direction::Ingress;
            let before = permitted.insert((way, rule.spec.protocol, rule.spec.peer), rule);
            if let Some(other) = before {
                let is_both = changed.contains(&rule.id) && changed.contains(&other.id);
                let exists = || Refusal::RuleExists(rule.spec.clone());
                return Err(if is_both { Refusal::RuleRepeated } else { exists() });
            }
        }
        Ok(group)
    }

    fn redescribed(&self, wanted: Redescribe) -> Result<Group, Refusal> {
        let Redescribe { scope, group: id, direction, descriptions } = wanted;
        let mut group = self.group(&scope, id)?.clone();
        match descriptions {
            Descriptions::Ids(given) => {
                for (id, description) in given {
                    let rule = group.rules.get_mut(&id);
                    let rule = rule.filter(|rule| rule.direction == direction);
                    rule.ok_or(Refusal::NoRule(id))?.spec.description = description;
                }
            }
            Descriptions::Specs(given) => {
                for spec in given {
                    let mut rules = group.rules.values_mut();
                    let rule = rules
                        .find(|it| it.direction == direction && it.spec.permits_as(&spec))
                        .ok_or(Refusal::NoPermission(id))?;
                    rule.spec.description = spec.description;
                }
            }
        }
        Ok(group)
    }
}
