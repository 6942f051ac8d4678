//! Changing layers: versions are published, shared and deleted.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::function::revision;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::function::Code;
use crate::record::layer::{Layer, LayerReference, LayerVersion, Statement};
use crate::record::{Change, Record};

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
        if compute.layers.version(&of).is_none() {
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
    let version = engine.compute.layers.version(of);
    let version = version.ok_or_else(|| Refusal::NoVersion(of.clone()))?;
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
