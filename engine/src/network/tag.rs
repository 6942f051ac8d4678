//! Tags of EC2's things.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{EniId, GroupId, RuleId, SubnetId, VpcId};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::record::{Change, Record};

/// Something of EC2's that carries tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tagged {
    /// A VPC.
    Vpc(VpcId),
    /// A subnet.
    Subnet(SubnetId),
    /// A security group.
    Group(GroupId),
    /// A rule of a security group.
    Rule(RuleId),
    /// An ENI.
    Eni(EniId),
}

/// `CreateTags`: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// The owner.
    pub scope: Scope,
    /// On what.
    pub on: Vec<Tagged>,
    /// Which ones.
    pub tags: Tags,
}

/// `DeleteTags`: all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The owner.
    pub scope: Scope,
    /// From what.
    pub on: Vec<Tagged>,
    /// Which ones: none is all, and a value restricts the deletion to it.
    pub keys: Vec<(String, Option<String>)>,
}

/// Why a question about tags is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has nothing of this id.
    Missing(Tagged),
}

impl Ask for Put {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Put;

    fn check(self, engine: &Engine) -> Result<Put, Refusal> {
        engine.network.are_there(&self.scope, &self.on)?;
        Ok(self)
    }

    fn apply(granted: Put, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let put = granted.tags;
        engine.change_tags(now, &granted.on, out, |tags| {
            tags.extend(put.iter().map(|(key, value)| (key.clone(), value.clone())));
        });
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Delete;

    fn check(self, engine: &Engine) -> Result<Delete, Refusal> {
        engine.network.are_there(&self.scope, &self.on)?;
        Ok(self)
    }

    fn apply(granted: Delete, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let keys = granted.keys;
        let is_named = |key: &String, value: &String| {
            keys.is_empty()
                || keys.iter().any(|(name, only)| {
                    name == key && only.as_ref().is_none_or(|only| only == value)
                })
        };
        engine.change_tags(now, &granted.on, out, |tags| {
            tags.retain(|key, value| !is_named(key, value));
        });
    }
}

impl Engine {
    fn change_tags(
        &mut self,
        now: Time,
        on: &[Tagged],
        out: &mut dyn EffectSink,
        change: impl Fn(&mut Tags),
    ) {
        let (network, mut cx) = self.network_cx(now, out);
        let mut changes = Vec::new();
        for one in on {
            change(network.tags_mut(*one).expect("it was found"));
            changes.push(Change::Put(Box::new(network.record_of(*one))));
        }
        cx.persist(changes);
    }
}

impl Network {
    fn are_there(&self, scope: &Scope, on: &[Tagged]) -> Result<(), Refusal> {
        match on.iter().find(|one| !self.is_there(scope, **one)) {
            Some(missing) => Err(Refusal::Missing(*missing)),
            None => Ok(()),
        }
    }

    fn is_there(&self, scope: &Scope, on: Tagged) -> bool {
        match on {
            Tagged::Vpc(id) => self.vpc(scope, id).is_ok(),
            Tagged::Subnet(id) => self.subnet(scope, id).is_ok(),
            Tagged::Group(id) => self.group(scope, id).is_ok(),
            Tagged::Eni(id) => self.eni(scope, id).is_ok(),
            Tagged::Rule(id) => {
                let mut own = self.groups.values().filter(|group| group.scope == *scope);
                own.any(|group| group.rules.contains_key(&id))
            }
        }
    }

    fn tags_mut(&mut self, on: Tagged) -> Option<&mut Tags> {
        match on {
            Tagged::Vpc(id) => self.vpcs.get_mut(&id).map(|vpc| &mut vpc.tags),
            Tagged::Subnet(id) => self.subnets.get_mut(&id).map(|subnet| &mut subnet.tags),
            Tagged::Group(id) => self.groups.get_mut(&id).map(|group| &mut group.tags),
            Tagged::Eni(id) => self.enis.get_mut(&id).map(|eni| &mut eni.tags),
            Tagged::Rule(id) => {
                let rule = self.groups.values_mut().find_map(|group| group.rules.get_mut(&id));
                rule.map(|rule| &mut rule.tags)
            }
        }
    }

    fn record_of(&self, on: Tagged) -> Record {
        match on {
            Tagged::Vpc(id) => Record::Vpc(self.vpcs[&id].clone()),
            Tagged::Subnet(id) => Record::Subnet(self.subnets[&id].clone()),
            Tagged::Group(id) => Record::Group(self.groups[&id].clone()),
            Tagged::Eni(id) => Record::Eni(self.enis[&id].clone()),
            Tagged::Rule(id) => {
                let group = self.groups.values().find(|group| group.rules.contains_key(&id));
                Record::Group(group.expect("its tags were just changed").clone())
            }
        }
    }
}
