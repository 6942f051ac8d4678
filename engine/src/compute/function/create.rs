//! Making functions.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{FunctionId, Version};
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::network::{checked_vpc, pair_use, revision};
use crate::compute::function::refusal::Refusal;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::pair::PairKey;
use crate::node::NodeCommand;
use crate::record::decision::Cause;
use crate::record::function::{
    Code, Configuration, Function, FunctionState, FunctionUpdate, RecursiveLoop, RoleVerdict,
    Settings,
};
use crate::record::layer::LayerReference;
use crate::record::{Change, Record};

/// `CreateFunction`. The VPC of a given `VpcConfig` is found by its subnets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The account and region that it is of.
    pub scope: Scope,
    /// Its name, unique in the scope.
    pub name: String,
    /// Its settings.
    pub settings: Box<Settings>,
    /// Its layers; those of the settings follow from them.
    pub layers: Vec<LayerReference>,
    /// Its code.
    pub code: Code,
    /// Tags to begin with.
    pub tags: Tags,
    /// Whether version 1 is published at once.
    pub publish: bool,
    /// Whether its role may manage ENIs.
    pub role: RoleVerdict,
}

/// A function as its maker is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The function.
    pub function: Box<Function>,
    /// The version that was published, if one was.
    pub version: Option<Version>,
}

/// A function that can be made, with the pairs that it needs.
#[derive(Debug)]
pub struct Creatable {
    question: Create,
    keys: Vec<PairKey>,
}

/// What is to be told and stored at the end of a question, together.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) commands: Vec<NodeCommand>,
    pub(super) changes: Vec<Change>,
}

impl Work {
    /// The function as it is now is to be stored.
    pub(super) fn store(&mut self, function: &Function) {
        let record = Record::Function(Box::new(function.clone()));
        self.changes.push(Change::Put(Box::new(record)));
    }

    pub(super) fn finish(self, cx: &mut Cx<'_>) {
        self.commands.into_iter().for_each(|command| cx.command(command));
        cx.persist(self.changes);
    }
}

impl Ask for Create {
    type Answer = Shown;
    type Refusal = Refusal;
    type Granted = Creatable;

    fn check(mut self, engine: &Engine) -> Result<Creatable, Refusal> {
        let Engine { compute, network, config, .. } = engine;
        if compute.functions.named(&self.scope, &self.name).is_some() {
            return Err(Refusal::Exists(self.name));
        }
        self.settings.vpc = match self.settings.vpc.take() {
            Some(asked) => Some(checked_vpc(network, &self.scope, asked, self.role)?)
                .filter(|checked| !checked.subnets.is_empty()),
            None => None,
        };
        let layers = core::mem::take(&mut self.layers);
        self.settings.layers = compute.layers.used(&self.scope, layers)?;
        let keys = compute.pairs_of(&self.tags, &self.settings);
        network.may_use_pairs(&self.scope, &keys, &config.limits)?;
        Ok(Creatable { question: self, keys })
    }

    fn apply(
        granted: Creatable,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Shown {
        let (compute, network, mut cx) = engine.parts(now, out);
        compute.create_function(&mut cx, network, granted)
    }
}

impl Compute {
    fn create_function(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        granted: Creatable,
    ) -> Shown {
        let Creatable { question, keys } = granted;
        let publish = question.publish;
        let id = self.functions.by_id.fresh(cx.random);
        let mut function = pending(cx, id, question);
        let cause = Cause::Api { operation: "CreateFunction".into(), function: Some(id) };
        let used = network.use_pairs(cx, pair_use(&function, Version(0), &cause), &keys);
        function.decision = used.decision;
        self.functions.insert(Box::new(function));
        let version = publish.then(|| self.publish(cx, network, id, None));
        let mut shown = self.functions.by_id[&id].clone();
        if used.ready && cx.limits.settle.is_zero() {
            // AWS answers Pending in any case; what it shows afterwards has another revision.
            let revision = revision(cx.random);
            let function = self.functions.get_mut(&id).expect("it was just made");
            function.latest.state = FunctionState::Active;
            function.latest.revision = revision;
            if let Some(first) = version.and_then(|each| function.configuration_mut(each)) {
                first.state = FunctionState::Active;
            }
        }
        if let Some(first) = version.and_then(|each| shown.configuration_mut(each)) {
            first.state = FunctionState::Pending;
        }
        self.watch_idleness(cx, id);
        self.settle_later(cx, id);
        let mut work = Work { commands: used.commands, changes: Vec::new() };
        work.store(&self.functions.by_id[&id]);
        work.changes.extend(used.changes);
        work.finish(cx);
        Shown { function: shown, version }
    }
}

/// A function as it begins.
fn pending(cx: &mut Cx<'_>, id: FunctionId, question: Create) -> Function {
    let Create { scope, name, settings, layers: _, code, tags, publish: _, role: _ } = question;
    let latest = Configuration {
        settings: *settings,
        code,
        state: FunctionState::Pending,
        update: FunctionUpdate::Successful,
        revision: revision(cx.random),
        modified: cx.now,
    };
    Function {
        id,
        scope,
        name,
        latest,
        versions: BTreeMap::new(),
        published: 0,
        published_description: String::new(),
        reserved: None,
        event_invoke: BTreeMap::new(),
        recursive_loop: RecursiveLoop::default(),
        tags,
        used: cx.now,
        decision: None,
    }
}
