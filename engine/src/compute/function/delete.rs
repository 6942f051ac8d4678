//! Deleting functions and versions.

use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{FunctionId, Version};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::compute::Compute;
use crate::compute::function::create::Work;
use crate::compute::function::refusal::Refusal;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::pair::PairUser;
use crate::record::{Change, Key};

/// `DeleteFunction`: a version, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delete {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// Which version; none is all.
    pub version: Option<Version>,
}

/// A function, or one of its versions, that may be deleted.
#[derive(Debug)]
pub struct Deletable {
    function: FunctionId,
    version: Option<Version>,
}

impl Ask for Delete {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Deletable;

    fn check(self, engine: &Engine) -> Result<Deletable, Refusal> {
        let Delete { scope, name, version } = self;
        let function = engine.compute.functions.named(&scope, &name);
        let found = function.filter(|function| {
            version.is_none_or(|version| function.versions.contains_key(&version))
        });
        if let (Some(function), Some(version)) = (found, version) {
            let aliases = engine.compute.aliases.of(function.id);
            let led = aliases.filter(|alias| alias.leads_to(version));
            let led: Vec<String> = led.map(|alias| alias.name.clone()).collect();
            if !led.is_empty() {
                return Err(Refusal::Aliased(led));
            }
        }
        match found {
            Some(function) => Ok(Deletable { function: function.id, version }),
            None => Err(Refusal::NoFunction(scope, name, version)),
        }
    }

    fn apply(granted: Deletable, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let (compute, network, mut cx) = engine.parts(now, out);
        let Deletable { function, version } = granted;
        match version {
            Some(version) => compute.delete_version(&mut cx, network, function, version),
            None => compute.delete_function(&mut cx, network, function),
        }
    }
}

impl Compute {
    fn delete_version(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
        version: Version,
    ) {
        self.supersede(cx, id, Some(version));
        network.release_pairs(cx, PairUser { function: id, version }, &[]);
        let function = self.functions.get_mut(&id).expect("it was found");
        function.versions.remove(&version);
        function.event_invoke.remove(&version.spelled());
        let mut work = Work::default();
        work.store(function);
        let policy = self.policies.remove(id, Some(&version.spelled()));
        work.changes.extend(policy.map(|policy| Change::Delete(Key::ResourcePolicy(policy))));
        work.finish(cx);
    }

    fn delete_function(&mut self, cx: &mut Cx<'_>, network: &mut Network, id: FunctionId) {
        let function = &self.functions.by_id[&id];
        let scope = self.scopes.place(&function.scope);
        let versions: Vec<Version> = function.configurations().map(|(each, _)| each).collect();
        self.supersede(cx, id, None);
        for version in versions {
            network.release_pairs(cx, PairUser { function: id, version }, &[]);
        }
        cx.timers.cancel(Timer::Inactive(id));
        cx.timers.cancel(Timer::Settle(id));
        self.functions.remove(id);
        let inflight = self.live.get(&id).map_or(0, |live| live.inflight);
        self.scopes.reserve(scope, id, None, inflight);
        if let Some(live) = self.live.get_mut(&id) {
            live.reserved = None;
            live.is_deleted = true;
        }
        self.forget_if_gone(id);
        self.delete_events(cx, id);
        let mut changes = Vec::from([Change::Delete(Key::Function(id))]);
        changes.extend(self.aliases.remove_all(id).map(|alias| Change::Delete(Key::Alias(alias))));
        let policies = self.policies.remove_all(id);
        changes.extend(policies.map(|policy| Change::Delete(Key::ResourcePolicy(policy))));
        changes.extend(self.urls.remove_all(id).map(|url| Change::Delete(Key::FunctionUrl(url))));
        cx.persist(changes);
    }
}
