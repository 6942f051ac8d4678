//! What event source mappings are asked: to be made, changed, tagged and deleted.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{MappingId, RequestId};
use crate::base::limits::MAPPINGS_PER_SCOPE;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::eni;
use crate::record::mapping::{Mapping, MappingSettings, MappingState, SourceKind, Starting, Topic};
use crate::sources::Live;

/// Why a question about a mapping is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The scope has no such mapping.
    NoMapping,
    /// The scope has no function of this name.
    NoFunction,
    /// This mapping has the same source and function.
    Exists(MappingId),
    /// It is passing through a state.
    InUse(MappingState),
    /// There are as many as there may be.
    TooMany(usize),
    /// It cannot have ENIs where its settings want them.
    Eni(eni::Refusal),
}

/// `CreateEventSourceMapping`; answered with the mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name, which must be there.
    pub function: String,
    /// The version or alias.
    pub qualifier: Option<String>,
    /// The ARN of the source.
    pub source: String,
    /// What it is.
    pub kind: SourceKind,
    /// What is read of a cluster of Kafka.
    pub topic: Option<Topic>,
    /// Where a stream is read from at first.
    pub starting: Option<Starting>,
    /// What may be changed later.
    pub settings: MappingSettings,
    /// Tags of the mapping.
    pub tags: Tags,
}

impl Ask for Create {
    type Answer = Box<Mapping>;
    type Refusal = Refusal;
    type Granted = Create;

    fn check(self, engine: &Engine) -> Result<Create, Refusal> {
        if engine.compute.functions.named(&self.scope, &self.function).is_none() {
            return Err(Refusal::NoFunction);
        }
        let of_scope = || {
            let all = engine.sources.all.values().map(|live| &live.mapping);
            all.filter(|mapping| mapping.scope == self.scope)
        };
        let same = of_scope().find(|mapping| {
            let name = |topic: &Option<Topic>| topic.as_ref().map(|it| it.name.clone());
            mapping.source == self.source
                && name(&mapping.topic) == name(&self.topic)
                && mapping.function == self.function
                && mapping.qualifier == self.qualifier
        });
        match same {
            Some(mapping) => Err(Refusal::Exists(mapping.id)),
            None if of_scope().count() >= MAPPINGS_PER_SCOPE => {
                Err(Refusal::TooMany(MAPPINGS_PER_SCOPE))
            }
            None => {
                let (subnets, groups) = (self.settings.subnets(), self.settings.groups());
                let (network, limits) = (&engine.network, &engine.config.limits);
                let may = network.may_have_pollers(&self.scope, (&subnets, &groups), limits);
                may.map_err(Refusal::Eni).map(|()| self)
            }
        }
    }

    fn apply(
        granted: Create,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Box<Mapping> {
        let Create { scope, function, qualifier, source, kind, topic, .. } = granted;
        let Create { starting, settings, tags, .. } = granted;
        let (sources, cx) = engine.sources_cx(now, out);
        let id = MappingId(RequestId::random(cx.random));
        let mapping = Mapping {
            id,
            scope,
            function,
            qualifier,
            source,
            kind,
            topic,
            starting,
            settings,
            state: MappingState::Creating,
            created: now,
            modified: now,
            tags,
        };
        sources.all.insert(id, Live::new(Box::new(mapping)));
        change(engine, now, out, id, |_| MappingState::Creating)
    }
}

/// `UpdateEventSourceMapping`; answered with the mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The account and region that it is of.
    pub scope: Scope,
    /// Which.
    pub id: MappingId,
    /// Another function, with a version or alias.
    pub function: Option<(String, Option<String>)>,
    /// What it is set to from now on.
    pub settings: MappingSettings,
}

impl Ask for Update {
    type Answer = Box<Mapping>;
    type Refusal = Refusal;
    type Granted = Update;

    fn check(self, engine: &Engine) -> Result<Update, Refusal> {
        let live = settled(engine, &self.scope, self.id)?;
        if let Some((function, qualifier)) = &self.function {
            if engine.compute.functions.named(&self.scope, function).is_none() {
                return Err(Refusal::NoFunction);
            }
            let same = engine.sources.all.values().map(|live| &live.mapping).find(|mapping| {
                mapping.id != self.id
                    && mapping.scope == self.scope
                    && mapping.source == live.mapping.source
                    && mapping.topic == live.mapping.topic
                    && mapping.function == *function
                    && mapping.qualifier == *qualifier
            });
            if let Some(mapping) = same {
                return Err(Refusal::Exists(mapping.id));
            }
        }
        let (before, settings) = (&live.mapping.settings, &self.settings);
        let (subnets, groups) = (settings.subnets(), settings.groups());
        if (&subnets, &groups) != (&before.subnets(), &before.groups()) {
            let (network, limits) = (&engine.network, &engine.config.limits);
            let may = network.may_have_pollers(&self.scope, (&subnets, &groups), limits);
            may.map_err(Refusal::Eni)?;
        }
        Ok(self)
    }

    fn apply(
        granted: Update,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Box<Mapping> {
        let Update { id, function, settings, scope: _ } = granted;
        change(engine, now, out, id, |mapping| {
            let state = match (mapping.settings.is_enabled, settings.is_enabled) {
                (false, true) => MappingState::Enabling,
                (true, false) => MappingState::Disabling,
                (true, true) | (false, false) => MappingState::Updating,
            };
            mapping.settings = settings;
            if let Some((function, qualifier)) = function {
                (mapping.function, mapping.qualifier) = (function, qualifier);
            }
            state
        })
    }
}

/// `DeleteEventSourceMapping`; answered with the mapping, which is deleted soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The account and region that it is of.
    pub scope: Scope,
    /// Which.
    pub id: MappingId,
}

impl Ask for Delete {
    type Answer = Box<Mapping>;
    type Refusal = Refusal;
    type Granted = MappingId;

    fn check(self, engine: &Engine) -> Result<MappingId, Refusal> {
        settled(engine, &self.scope, self.id).map(|live| live.mapping.id)
    }

    fn apply(
        id: MappingId,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Box<Mapping> {
        change(engine, now, out, id, |_| MappingState::Deleting)
    }
}

/// `TagResource` and `UntagResource` of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The account and region that it is of.
    pub scope: Scope,
    /// Which.
    pub id: MappingId,
    /// Tags to put.
    pub put: Tags,
    /// Keys of tags to take away.
    pub remove: Vec<String>,
}

impl Ask for Tag {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Tag;

    fn check(self, engine: &Engine) -> Result<Tag, Refusal> {
        find(engine, &self.scope, self.id)?;
        Ok(self)
    }

    fn apply(granted: Tag, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let Tag { id, put, remove, scope: _ } = granted;
        let (sources, mut cx) = engine.sources_cx(now, out);
        let live = sources.all.get_mut(&id).expect("it was found");
        live.mapping.tags.extend(put);
        live.mapping.tags.retain(|key, _| !remove.contains(key));
        cx.persist(Vec::from([live.put()]));
    }
}

fn find<'e>(engine: &'e Engine, scope: &Scope, id: MappingId) -> Result<&'e Live, Refusal> {
    let live = engine.sources.all.get(&id).filter(|live| live.mapping.scope == *scope);
    live.ok_or(Refusal::NoMapping)
}

fn settled<'e>(engine: &'e Engine, scope: &Scope, id: MappingId) -> Result<&'e Live, Refusal> {
    let live = find(engine, scope, id)?;
    match live.mapping.state {
        state if state.is_settled() => Ok(live),
        state => Err(Refusal::InUse(state)),
    }
}

/// Has a mapping pass through a state, in which it takes no records.
fn change(
    engine: &mut Engine,
    now: Time,
    out: &mut dyn EffectSink,
    id: MappingId,
    change: impl FnOnce(&mut Mapping) -> MappingState,
) -> Box<Mapping> {
    let (sources, mut cx) = engine.sources_cx(now, out);
    let live = sources.all.get_mut(&id).expect("it was found");
    live.mapping.state = change(&mut live.mapping);
    live.mapping.modified = now;
    live.stop(&mut cx);
    let settles = now + cx.limits.settle;
    live.settles = Some(settles);
    let mapping = live.mapping.clone();
    cx.persist(Vec::from([live.put()]));
    cx.timers.set(Timer::Mapping(id), settles);
    if mapping.kind.is_kafka() && mapping.state != MappingState::Deleting {
        let (network, mut cx) = engine.network_cx(now, out);
        network.put_pollers(&mut cx, &mapping);
    }
    mapping
}

impl Engine {
    /// A mapping of a scope.
    pub fn mapping(&self, scope: &Scope, id: MappingId) -> Option<&Mapping> {
        find(self, scope, id).ok().map(|live| &*live.mapping)
    }

    /// The mappings of all scopes, in the order of their ids.
    pub fn mappings(&self) -> impl Iterator<Item = &Mapping> {
        self.sources.all.values().map(|live| &*live.mapping)
    }
}
