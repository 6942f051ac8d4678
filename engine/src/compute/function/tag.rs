//! Tags of functions, one of which chooses the ENI model.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::FunctionId;
use crate::base::scope::{Scope, Tags};
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::create::Work;
use crate::compute::function::network::pair_use;
use crate::compute::function::refusal::Refusal;
use crate::compute::function::update::{NewSettings, may_change};
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::pair::{PairKey, PairUser};
use crate::record::decision::Cause;
use crate::record::function::{Function, FunctionState};

/// `TagResource` and `UntagResource`; answered with the function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// Tags to put.
    pub put: Tags,
    /// Keys of tags to take away.
    pub remove: Vec<String>,
}

/// Tags that may be put.
#[derive(Debug)]
pub struct Taggable {
    function: FunctionId,
    tags: Tags,
    /// The pairs that `$LATEST` needs from now on, if the ENI model changes.
    keys: Option<Vec<PairKey>>,
}

impl Ask for Tag {
    type Answer = Box<Function>;
    type Refusal = Refusal;
    type Granted = Taggable;

    fn check(self, engine: &Engine) -> Result<Taggable, Refusal> {
        let Engine { compute, network, config, .. } = engine;
        let function = may_change(compute, &self.scope, &self.name, None)?;
        let mut tags = function.tags.clone();
        tags.extend(self.put);
        tags.retain(|key, _| !self.remove.contains(key));
        let has_changed = compute.eni_model(&tags) != compute.eni_model(&function.tags);
        let keys = has_changed.then(|| match function.latest.state.holds_network() {
            true => compute.pairs_of(&tags, &function.latest.settings),
            false => Vec::new(),
        });
        if let Some(keys) = &keys {
            network.may_use_pairs(&function.scope, keys, &config.limits)?;
        }
        Ok(Taggable { function: function.id, tags, keys })
    }

    fn apply(
        granted: Taggable,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Box<Function> {
        let (compute, network, mut cx) = engine.parts(now, out);
        let Taggable { function: id, tags, keys } = granted;
        let function = compute.functions.get_mut(&id).expect("it was found");
        function.tags = tags;
        let settings = function.latest.settings.clone();
        let (function, work) = match keys {
            None => {
                let function = compute.functions.by_id[&id].clone();
                let mut work = Work::default();
                work.store(&function);
                (function, work)
            }
            Some(keys) => {
                let settings = NewSettings { function: id, settings, keys };
                let done = compute.apply_settings(&mut cx, network, "TagResource", settings);
                let (function, mut work) = done;
                compute.renetwork_versions(&mut cx, network, id, &mut work);
                (function, work)
            }
        };
        work.finish(&mut cx);
        function
    }
}

impl Compute {
    /// Gives published versions the network of another ENI model; one whose ENIs have to be made
    /// first, or cannot be, is restored when it is invoked.
    fn renetwork_versions(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
        work: &mut Work,
    ) {
        let function = self.functions.by_id[&id].clone();
        let cause = Cause::Api { operation: "TagResource".into(), function: Some(id) };
        for (version, configuration) in &function.versions {
            if !configuration.state.holds_network() {
                continue;
            }
            let mut keys = self.pairs_of(&function.tags, &configuration.settings);
            let state = match network.may_use_pairs(&function.scope, &keys, cx.limits) {
                Ok(()) => {
                    let used = network.use_pairs(cx, pair_use(&function, *version, &cause), &keys);
                    work.changes.extend(used.changes);
                    work.commands.extend(used.commands);
                    if used.ready { FunctionState::Active } else { FunctionState::Restoring }
                }
                Err(_) => {
                    keys.clear();
                    FunctionState::Inactive
                }
            };
            self.supersede(cx, id, Some(*version));
            let user = PairUser { function: id, version: *version };
            network.release_pairs(cx, user, &keys);
            let function = self.functions.get_mut(&id).expect("it was found");
            function.configuration_mut(*version).expect("it was listed").state = state;
        }
        work.store(&self.functions.by_id[&id]);
    }
}
