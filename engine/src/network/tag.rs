//! Tags of EC2's things.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::ask::Ask;
use crate::base::id::RuleId;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::record::{Change, Record};

macro_rules! tagged {
    ($($module:ident: $noun:ident($id:ident) in $table:ident, $kind:literal, $resource:literal;)*) => {
        /// Something of EC2's that carries tags; shown as its id.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Tagged {
            $(
                #[doc = concat!("EC2's type of resource `", $resource, "`.")]
                $noun(crate::base::id::$id),
            )*
            /// A rule of a security group.
            Rule(RuleId),
        }

        impl fmt::Display for Tagged {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Tagged::$noun(id) => id.fmt(f),)*
                    Tagged::Rule(id) => id.fmt(f),
                }
            }
        }

        impl Tagged {
            /// EC2's word for its type of resource.
            pub fn resource(&self) -> &'static str {
                match self {
                    $(Tagged::$noun(_) => $resource,)*
                    Tagged::Rule(_) => "security-group-rule",
                }
            }
        }

        impl Network {
            /// The tags of something, if it is there.
            fn tags_of(&self, scope: &Scope, on: Tagged) -> Option<&Tags> {
                match on {
                    $(Tagged::$noun(id) => {
                        let noun = self.find::<crate::record::$module::$noun>(scope, id);
                        noun.ok().map(|noun| &noun.tags)
                    })*
                    Tagged::Rule(id) => {
                        let mut own = self.groups.values().filter(|group| group.scope == *scope);
                        own.find_map(|group| group.rules.get(&id)).map(|rule| &rule.tags)
                    }
                }
            }

            /// Changes the tags of something that is there; gives what is to be stored.
            fn change_tags(&mut self, on: Tagged, change: impl Fn(&mut Tags)) -> Record {
                match on {
                    $(Tagged::$noun(id) => {
                        let noun = self.$table.get_mut(&id).expect("it was found");
                        change(&mut noun.tags);
                        Record::$noun(noun.clone())
                    })*
                    Tagged::Rule(id) => {
                        let mut groups = self.groups.values_mut();
                        let group = groups.find(|group| group.rules.contains_key(&id));
                        let group = group.expect("it was found");
                        change(&mut group.rules.get_mut(&id).expect("it was just found").tags);
                        Record::Group(group.clone())
                    }
                }
            }
        }

        impl Engine {
            /// The tags of something, if it is there.
            pub fn tags_of(&self, scope: &Scope, on: Tagged) -> Option<&Tags> {
                self.network.tags_of(scope, on)
            }

            /// The tags of everything that a scope has.
            pub fn tagged(&self, scope: &Scope) -> Vec<(Tagged, Tags)> {
                let mut all = Vec::new();
                $(all.extend(
                    self.all::<crate::record::$module::$noun>(scope)
                        .map(|noun| (Tagged::$noun(noun.id), noun.tags.clone())),
                );)*
                let rules = self.groups(scope).flat_map(|group| group.rules.values());
                all.extend(rules.map(|rule| (Tagged::Rule(rule.id), rule.tags.clone())));
                all.retain(|(_, tags)| !tags.is_empty());
                all
            }
        }
    };
}
nouns!(tagged);

/// Tags that one thing may have.
pub const TAGS: usize = 50;

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
    /// It would have more tags than it may.
    TooMany(Tagged),
}

impl Ask for Put {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Put;

    fn check(self, engine: &Engine) -> Result<Put, Refusal> {
        for on in &self.on {
            let tags = engine.network.tags_of(&self.scope, *on).ok_or(Refusal::Missing(*on))?;
            let new = self.tags.keys().filter(|key| !tags.contains_key(*key)).count();
            if tags.len() + new > TAGS {
                return Err(Refusal::TooMany(*on));
            }
        }
        Ok(self)
    }

    fn apply(granted: Put, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let put = granted.tags;
        let (network, mut cx) = engine.network_cx(now, out);
        network.change_all_tags(&mut cx, &granted.on, |tags| {
            tags.extend(put.iter().map(|(key, value)| (key.clone(), value.clone())));
        });
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Delete;

    fn check(self, engine: &Engine) -> Result<Delete, Refusal> {
        let is_there = |on: &Tagged| engine.network.tags_of(&self.scope, *on).is_some();
        match self.on.iter().find(|on| !is_there(on)) {
            Some(missing) => Err(Refusal::Missing(*missing)),
            None => Ok(self),
        }
    }

    fn apply(granted: Delete, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let keys = granted.keys;
        let is_named = |key: &String, value: &String| {
            keys.is_empty()
                || keys.iter().any(|(name, only)| {
                    name == key && only.as_ref().is_none_or(|only| only == value)
                })
        };
        let (network, mut cx) = engine.network_cx(now, out);
        network.change_all_tags(&mut cx, &granted.on, |tags| {
            tags.retain(|key, value| !is_named(key, value));
        });
    }
}

impl Network {
    fn change_all_tags(&mut self, cx: &mut Cx<'_>, on: &[Tagged], change: impl Fn(&mut Tags)) {
        let changed = on.iter().map(|one| self.change_tags(*one, &change));
        let changes = changed.map(|record| Change::Put(Box::new(record))).collect();
        cx.persist(changes);
    }
}
