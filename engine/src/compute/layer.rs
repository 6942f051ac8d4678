//! Layers: versions are published, shared and deleted, and functions come to hold them.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::LayerId;
use crate::base::random::{Random, fresh};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::function::revision;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::function::{Code, UsedLayer};
use crate::record::layer::{Layer, LayerReference, LayerVersion, Statement};
use crate::record::{Change, Record};

/// Layers that a function may hold.
pub const LAYERS_PER_FUNCTION: usize = 5;

/// All layers, by id and by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers {
    by_id: BTreeMap<LayerId, Layer>,
    names: BTreeMap<Scope, BTreeMap<String, LayerId>>,
}

/// `PublishLayerVersion`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    /// The account and region that the layer is of.
    pub scope: Scope,
    /// The layer's name; it is made with its first version.
    pub name: String,
    /// `Description`.
    pub description: String,
    /// `LicenseInfo`.
    pub license: Option<String>,
    /// `CompatibleRuntimes`.
    pub runtimes: Option<Vec<String>>,
    /// `CompatibleArchitectures`.
    pub architectures: Option<Vec<String>>,
    /// Its content.
    pub code: Code,
}

/// `DeleteLayerVersion`; one that is not there is deleted already. Functions that hold it go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// Which version.
    pub of: LayerReference,
}

/// `AddLayerVersionPermission`; answered with the revision of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddPermission {
    /// Which version.
    pub of: LayerReference,
    /// Who may use it from now on.
    pub statement: Statement,
    /// The revision that the policy must have, if one is named.
    pub revision: Option<u128>,
}

/// `RemoveLayerVersionPermission`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovePermission {
    /// Which version.
    pub of: LayerReference,
    /// The statement's id.
    pub statement: String,
    /// The revision that the policy must have, if one is named.
    pub revision: Option<u128>,
}

/// A version that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Which one.
    pub of: LayerReference,
    /// What it is.
    pub version: LayerVersion,
}

/// Why a question about layers is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such version.
    NoVersion(LayerReference),
    /// Its policy has a statement of that id.
    StatementExists(String),
    /// Its policy has no statement of that id.
    NoStatement(String),
    /// Its policy has another revision than the one that was named.
    RevisionMismatch,
}

/// Why a function cannot hold the layers that it is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UseRefusal {
    /// They are more than [`LAYERS_PER_FUNCTION`].
    TooMany,
    /// One is of another region than the function.
    Elsewhere,
    /// One does not exist.
    NoVersion(LayerReference),
    /// One is of an account that has not shared it with the function's.
    Denied(LayerReference),
    /// Two are of one layer.
    Twice(Box<(LayerReference, LayerReference)>),
}

impl Layers {
    /// A layer of a scope by its name.
    pub(crate) fn named(&self, scope: &Scope, name: &str) -> Option<&Layer> {
        self.by_id.get(self.names.get(scope)?.get(name)?)
    }

    /// The layers of a scope, in the order of their names.
    pub(crate) fn of(&self, scope: &Scope) -> impl Iterator<Item = &Layer> {
        let names = self.names.get(scope).into_iter().flat_map(BTreeMap::values);
        names.map(|id| &self.by_id[id])
    }

    /// Every layer of every scope.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Layer> {
        self.by_id.values()
    }

    /// Takes a layer that was stored, or that is new.
    pub(crate) fn take(&mut self, layer: Layer) {
        let names = self.names.entry(layer.scope.clone()).or_default();
        names.insert(layer.name.clone(), layer.id);
        self.by_id.insert(layer.id, layer);
    }

    fn version(&self, of: &LayerReference) -> Result<&LayerVersion, Refusal> {
        let layer = self.named(&of.scope, &of.name);
        let version = layer.and_then(|layer| layer.versions.get(&of.version));
        version.ok_or_else(|| Refusal::NoVersion(of.clone()))
    }

    /// The layer of a name, made where there is none.
    fn named_or_new(&mut self, random: &mut Random, scope: &Scope, name: &str) -> &mut Layer {
        let known = self.names.get(scope).and_then(|names| names.get(name)).copied();
        let id = known.unwrap_or_else(|| {
            let id = fresh(random, &self.by_id, LayerId);
            let (scope, name) = (scope.clone(), name.into());
            self.take(Layer { id, scope, name, published: 0, versions: BTreeMap::new() });
            id
        });
        self.by_id.get_mut(&id).expect("every name is a layer's")
    }

    /// What a function of a scope holds when it is given these layers.
    pub(crate) fn used(
        &self,
        scope: &Scope,
        layers: Vec<LayerReference>,
    ) -> Result<Vec<UsedLayer>, UseRefusal> {
        if layers.len() > LAYERS_PER_FUNCTION {
            return Err(UseRefusal::TooMany);
        }
        let mut used: Vec<(LayerReference, Code)> = Vec::new();
        for layer in layers {
            if layer.scope.region != scope.region {
                return Err(UseRefusal::Elsewhere);
            }
            let version = self.version(&layer).ok();
            let is_own = layer.scope.account == scope.account;
            let version = match version {
                None if is_own => return Err(UseRefusal::NoVersion(layer)),
                // Who may not see it is not told whether it is there.
                None => return Err(UseRefusal::Denied(layer)),
                Some(version) if !is_own && !version.is_open_to(scope.account) => {
                    return Err(UseRefusal::Denied(layer));
                }
                Some(version) => version,
            };
            let twin = used
                .iter()
                .find(|(other, _)| (&other.scope, &other.name) == (&layer.scope, &layer.name));
            if let Some((other, _)) = twin {
                return Err(UseRefusal::Twice(Box::new((other.clone(), layer))));
            }
            used.push((layer, version.code.clone()));
        }
        let held = used.into_iter().map(|(layer, code)| UsedLayer { arn: layer.arn(), code });
        Ok(held.collect())
    }
}

fn stored(layer: &Layer) -> Vec<Change> {
    Vec::from([Change::Put(Box::new(Record::Layer(layer.clone())))])
}

impl Ask for Publish {
    type Answer = Published;
    type Refusal = Refusal;
    type Granted = Publish;

    fn check(self, _: &Engine) -> Result<Publish, Refusal> {
        Ok(self)
    }

    fn apply(
        granted: Publish,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Published {
        let (compute, _, mut cx) = engine.parts(now, out);
        let Publish { scope, name, description, license, runtimes, architectures, code } = granted;
        let layer = compute.layers.named_or_new(cx.random, &scope, &name);
        layer.published += 1;
        let number = layer.published;
        let version = LayerVersion {
            description,
            license,
            runtimes,
            architectures,
            code,
            created: now,
            policy: Vec::new(),
            revision: revision(cx.random),
        };
        layer.versions.insert(number, version.clone());
        cx.persist(stored(layer));
        Published { of: LayerReference { scope, name, version: number }, version }
    }
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = LayerReference;

    fn check(self, _: &Engine) -> Result<LayerReference, Refusal> {
        Ok(self.of)
    }

    fn apply(of: LayerReference, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (compute, _, mut cx) = engine.parts(now, out);
        if compute.layers.version(&of).is_err() {
            return;
        }
        let layer = compute.layers.named_or_new(cx.random, &of.scope, &of.name);
        layer.versions.remove(&of.version);
        // It stays without versions too: their numbers are never given out again.
        cx.persist(stored(layer));
    }
}

/// A policy as it is to be.
#[derive(Debug)]
pub struct NewPolicy {
    of: LayerReference,
    policy: Vec<Statement>,
}

impl NewPolicy {
    /// Puts the policy in force; answers its revision.
    fn apply(self, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> u128 {
        let (compute, _, mut cx) = engine.parts(now, out);
        let revision = revision(cx.random);
        let layer = compute.layers.named_or_new(cx.random, &self.of.scope, &self.of.name);
        let version = layer.versions.get_mut(&self.of.version).expect("it was found");
        version.policy = self.policy;
        version.revision = revision;
        cx.persist(stored(layer));
        revision
    }
}

/// A version's policy, if it has the revision that is named.
fn policy(
    engine: &Engine,
    of: &LayerReference,
    revision: Option<u128>,
) -> Result<Vec<Statement>, Refusal> {
    let version = engine.compute.layers.version(of)?;
    match revision.is_some_and(|revision| revision != version.revision) {
        true => Err(Refusal::RevisionMismatch),
        false => Ok(version.policy.clone()),
    }
}

impl Ask for AddPermission {
    type Answer = u128;
    type Refusal = Refusal;
    type Granted = NewPolicy;

    fn check(self, engine: &Engine) -> Result<NewPolicy, Refusal> {
        let AddPermission { of, statement, revision } = self;
        let mut policy = policy(engine, &of, revision)?;
        if policy.iter().any(|other| other.id == statement.id) {
            return Err(Refusal::StatementExists(statement.id));
        }
        policy.push(statement);
        Ok(NewPolicy { of, policy })
    }

    fn apply(granted: NewPolicy, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> u128 {
        granted.apply(engine, now, out)
    }
}

impl Ask for RemovePermission {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = NewPolicy;

    fn check(self, engine: &Engine) -> Result<NewPolicy, Refusal> {
        let RemovePermission { of, statement, revision } = self;
        let mut policy = policy(engine, &of, revision)?;
        let before = policy.len();
        policy.retain(|other| other.id != statement);
        match policy.len() < before {
            true => Ok(NewPolicy { of, policy }),
            false => Err(Refusal::NoStatement(statement)),
        }
    }

    fn apply(granted: NewPolicy, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        granted.apply(engine, now, out);
    }
}
