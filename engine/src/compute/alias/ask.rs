//! What may be asked about aliases.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ask::Ask;
use crate::base::id::{AliasId, FunctionId, Version};
use crate::base::limits::ALIASES_PER_FUNCTION;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::Refusal;
use crate::compute::function::network::revision;
use crate::cx::Cx;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::alias::{Alias, Further};
use crate::record::function::Function;
use crate::record::{Change, Key, Record};

/// `CreateAlias`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAlias {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub function: String,
    /// The alias's name, unique among those of its function.
    pub name: String,
    /// Its description.
    pub description: String,
    /// The version that it leads to.
    pub version: Version,
    /// The other version that it leads to in some cases.
    pub further: Option<Further>,
}

/// `UpdateAlias`; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateAlias {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub function: String,
    /// The alias's name.
    pub name: String,
    /// Its description from now on.
    pub description: Option<String>,
    /// The version that it leads to from now on.
    pub version: Option<Version>,
    /// The other version from now on, or that there is none.
    pub further: Option<Option<Further>>,
    /// The revision it must have, if one is named.
    pub revision: Option<u128>,
}

/// `DeleteAlias`; one that is not there is deleted as one that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteAlias {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub function: String,
    /// The alias's name.
    pub name: String,
}

/// An alias as it is to be, but for its revision; its id where it is there already.
#[derive(Debug)]
pub struct NewAlias {
    id: Option<AliasId>,
    function: FunctionId,
    name: String,
    description: String,
    version: Version,
    further: Option<Further>,
}

impl Ask for CreateAlias {
    type Answer = Alias;
    type Refusal = Refusal;
    type Granted = NewAlias;

    fn check(self, engine: &Engine) -> Result<NewAlias, Refusal> {
        let CreateAlias { scope, function: of, name, description, version, further } = self;
        let Compute { functions, aliases, .. } = &engine.compute;
        let Some(function) = functions.named(&scope, &of) else {
            return Err(Refusal::NoFunction(scope, of, Some(version)));
        };
        check_versions(function, version, further)?;
        if aliases.named(function.id, &name).is_some() {
            return Err(Refusal::AliasExists { scope, function: of, name });
        }
        if aliases.of(function.id).count() >= ALIASES_PER_FUNCTION {
            return Err(Refusal::TooManyAliases(ALIASES_PER_FUNCTION));
        }
        Ok(NewAlias { id: None, function: function.id, name, description, version, further })
    }

    fn apply(granted: NewAlias, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> Alias {
        let (compute, _, mut cx) = engine.parts(now, out);
        compute.put_alias(&mut cx, granted)
    }
}

impl Ask for UpdateAlias {
    type Answer = Alias;
    type Refusal = Refusal;
    type Granted = NewAlias;

    fn check(self, engine: &Engine) -> Result<NewAlias, Refusal> {
        let UpdateAlias { scope, function: of, name, description, version, further, revision } =
            self;
        let Compute { functions, aliases, .. } = &engine.compute;
        let Some(function) = functions.named(&scope, &of) else {
            return Err(Refusal::NoFunction(scope, of, None));
        };
        let Some(known) = aliases.named(function.id, &name) else {
            return Err(Refusal::NoAlias { scope, function: of, name });
        };
        if revision.is_some_and(|revision| revision != known.revision) {
            return Err(Refusal::RevisionMismatch);
        }
        let version = version.unwrap_or(known.version);
        let further = further.unwrap_or(known.further);
        check_versions(function, version, further)?;
        let description = description.unwrap_or_else(|| known.description.clone());
        let (id, function) = (Some(known.id), function.id);
        Ok(NewAlias { id, function, name, description, version, further })
    }

    fn apply(granted: NewAlias, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) -> Alias {
        let (compute, _, mut cx) = engine.parts(now, out);
        compute.put_alias(&mut cx, granted)
    }
}

impl Ask for DeleteAlias {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Option<AliasId>;

    fn check(self, engine: &Engine) -> Result<Option<AliasId>, Refusal> {
        let DeleteAlias { scope, function: of, name } = self;
        let Compute { functions, aliases, .. } = &engine.compute;
        match functions.named(&scope, &of) {
            Some(function) => Ok(aliases.named(function.id, &name).map(|alias| alias.id)),
            None => Err(Refusal::NoFunction(scope, of, None)),
        }
    }

    fn apply(granted: Option<AliasId>, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let Some(id) = granted else { return };
        let (compute, _, mut cx) = engine.parts(now, out);
        let alias = compute.aliases.get(id).expect("it was found").clone();
        compute.aliases.remove(id);
        let policy = compute.policies.remove(alias.function, Some(&alias.name));
        let policy = policy.map(|policy| Change::Delete(Key::ResourcePolicy(policy)));
        let mut changes = Vec::from([Change::Delete(Key::Alias(id))]);
        changes.extend(policy);
        // What becomes of its events goes with it, and is not that of another alias of the name.
        let function = compute.functions.get_mut(&alias.function).expect("it has the alias");
        if function.event_invoke.remove(&alias.name).is_some() {
            let record = Record::Function(Box::new(function.clone()));
            changes.push(Change::Put(Box::new(record)));
        }
        let url = compute.urls.remove(alias.function, Some(&alias.name));
        changes.extend(url.map(|url| Change::Delete(Key::FunctionUrl(url))));
        cx.persist(changes);
    }
}

impl Compute {
    fn put_alias(&mut self, cx: &mut Cx<'_>, granted: NewAlias) -> Alias {
        let NewAlias { id, function, name, description, version, further } = granted;
        let id = id.unwrap_or_else(|| self.aliases.fresh(cx.random));
        let revision = revision(cx.random);
        let alias = Alias { id, function, name, description, version, further, revision };
        self.aliases.insert(alias.clone());
        cx.persist(Vec::from([Change::Put(alloc::boxed::Box::new(Record::Alias(alias.clone())))]));
        alias
    }
}

/// Whether an alias may lead to these versions of its function.
fn check_versions(
    function: &Function,
    version: Version,
    further: Option<Further>,
) -> Result<(), Refusal> {
    if let Some(further) = further {
        if further.version == version {
            return Err(Refusal::AlreadyRouted(version));
        }
        if version == Version(0) {
            return Err(Refusal::LatestIsNotRouted);
        }
    }
    let wanted = [Some(version), further.map(|further| further.version)];
    let missing = wanted.into_iter().flatten().find(|each| function.configuration(*each).is_none());
    match missing {
        Some(missing) => {
            let Function { scope, name, .. } = function;
            Err(Refusal::NoFunction(scope.clone(), name.clone(), Some(missing)))
        }
        None => Ok(()),
    }
}
