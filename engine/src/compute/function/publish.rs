//! Publishing versions of functions.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{FunctionId, Version};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::create::Work;
use crate::compute::function::network::revision;
use crate::compute::function::refusal::Refusal;
use crate::compute::function::update::may_change;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::network::Network;
use crate::network::pair::PairUser;
use crate::record::function::{Function, FunctionUpdate, Settings};

/// `PublishVersion`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// The version's description; the function's own by default.
    pub description: Option<String>,
    /// The revision that `$LATEST` must have, if one is named.
    pub revision: Option<u128>,
    /// The code that `$LATEST` must have, if one is named.
    pub code: Option<NamedCode>,
}

/// Code that a request names by its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCode {
    /// The name as it was given.
    pub given: String,
    /// The SHA-256 that it spells, if it is one.
    pub sha256: Option<[u8; 32]>,
}

/// A version that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its function.
    pub function: Box<Function>,
    /// Its number.
    pub version: Version,
}

/// A function of which a version may be published.
#[derive(Debug)]
pub struct Publishable {
    function: FunctionId,
    description: Option<String>,
}

impl Ask for Publish {
    type Answer = Published;
    type Refusal = Refusal;
    type Granted = Publishable;

    fn check(self, engine: &Engine) -> Result<Publishable, Refusal> {
        let function = may_change(&engine.compute, &self.scope, &self.name, self.revision)?;
        let current = function.latest.code.sha256;
        if let Some(NamedCode { given, .. }) =
            self.code.filter(|named| named.sha256 != Some(current))
        {
            return Err(Refusal::CodeMismatch { given, current });
        }
        Ok(Publishable { function: function.id, description: self.description })
    }

    fn apply(
        granted: Publishable,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Published {
        let (compute, network, mut cx) = engine.parts(now, out);
        let Publishable { function, description } = granted;
        let version = compute.publish(&mut cx, network, function, description);
        let function = compute.functions.by_id[&function].clone();
        let mut work = Work::default();
        work.store(&function);
        work.finish(&mut cx);
        Published { function, version }
    }
}

impl Compute {
    /// Publishes `$LATEST`, unless it is what was published last; that version keeps its description.
    pub(super) fn publish(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: FunctionId,
        description: Option<String>,
    ) -> Version {
        let function = &self.functions.by_id[&id];
        let mut configuration = function.latest.clone();
        let own = configuration.settings.description.clone();
        if let Some((version, last)) = function.versions.last_key_value()
            && version.0 == function.published
            && last.code == configuration.code
            && function.published_description == own
        {
            let described = Settings { description: own.clone(), ..last.settings.clone() };
            if described == configuration.settings {
                return *version;
            }
        }
        if let Some(description) = description {
            configuration.settings.description = description;
        }
        // Numbers are never used again, also when the last version is deleted.
        let version = Version(function.published + 1);
        configuration.modified = cx.now;
        configuration.update = FunctionUpdate::Successful;
        configuration.revision = revision(cx.random);
        let latest = revision(cx.random);
        let keys = match configuration.state.holds_network() {
            true => self.pairs_shown(id, Version(0)),
            false => Vec::new(),
        };
        network.join_pairs(PairUser { function: id, version }, &function.name, &keys);
        let function = self.functions.get_mut(&id).expect("it was just found");
        function.published = version.0;
        function.published_description = own;
        // As on AWS, `$LATEST` has another revision once it is published.
        function.latest.revision = latest;
        function.versions.insert(version, configuration);
        version
    }
}
