//! What becomes of a function's asynchronous events and loops, as it is configured.

use alloc::string::String;

use crate::ask::Ask;
use crate::base::id::{FunctionId, Version};
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::Compute;
use crate::compute::function::create::Work;
use crate::compute::function::refusal::Refusal;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::function::{EventInvoke, Function, RecursiveLoop};

/// `PutFunctionEventInvokeConfig`, or `UpdateFunctionEventInvokeConfig`; answered with what there is
/// from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutEventInvoke {
    /// The account and region that the function is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// For which qualifier: `$LATEST`, a version or an alias.
    pub qualifier: String,
    /// What is given; when it was modified is not looked at.
    pub given: EventInvoke,
    /// Whether what is not given stays as it is, and something must be there.
    pub is_update: bool,
}

/// `DeleteFunctionEventInvokeConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteEventInvoke {
    /// The account and region that the function is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// For which qualifier.
    pub qualifier: String,
}

/// `PutFunctionRecursionConfig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutRecursion {
    /// The account and region that the function is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// What becomes of its loops.
    pub recursive_loop: RecursiveLoop,
}

/// A function that is to be configured anew.
#[derive(Debug)]
pub struct Reconfigured<T> {
    function: FunctionId,
    to: T,
}

fn find<'a>(compute: &'a Compute, scope: &Scope, name: &str) -> Result<&'a Function, Refusal> {
    let missing = || Refusal::NoFunction(scope.clone(), name.into(), None);
    compute.functions.named(scope, name).ok_or_else(missing)
}

/// Changes a function and stores it.
fn change(
    engine: &mut Engine,
    now: Time,
    out: &mut dyn EffectSink,
    id: FunctionId,
    change: impl FnOnce(&mut Function),
) {
    let (compute, _, mut cx) = engine.parts(now, out);
    let function = compute.functions.get_mut(&id).expect("it was found");
    change(function);
    let mut work = Work::default();
    work.store(function);
    work.finish(&mut cx);
}

/// Whether a qualifier names what the function has.
fn has(compute: &Compute, function: &Function, qualifier: &str) -> bool {
    let version = match qualifier {
        "$LATEST" => Some(Version(0)),
        number => number.parse().ok().filter(|number| *number > 0).map(Version),
    };
    match version {
        Some(version) => function.configuration(version).is_some(),
        None => compute.aliases.named(function.id, qualifier).is_some(),
    }
}

impl Ask for PutEventInvoke {
    type Answer = EventInvoke;
    type Refusal = Refusal;
    type Granted = Reconfigured<(String, EventInvoke)>;

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let PutEventInvoke { scope, name, qualifier, mut given, is_update } = self;
        let function = find(&engine.compute, &scope, &name)?;
        let earlier = function.event_invoke.get(&qualifier);
        match earlier {
            Some(earlier) if is_update => {
                given.retries = given.retries.or(earlier.retries);
                given.age = given.age.or(earlier.age);
                given.on_success = given.on_success.or_else(|| earlier.on_success.clone());
                given.on_failure = given.on_failure.or_else(|| earlier.on_failure.clone());
            }
            None if is_update => return Err(Refusal::NoEventInvoke(qualifier)),
            Some(_) | None => {}
        }
        if !has(&engine.compute, function, &qualifier) {
            return Err(Refusal::NoFunction(scope, name, None));
        }
        // An empty text takes away what was there.
        given.on_success = given.on_success.filter(|arn| !arn.is_empty());
        given.on_failure = given.on_failure.filter(|arn| !arn.is_empty());
        Ok(Reconfigured { function: function.id, to: (qualifier, given) })
    }

    fn apply(
        granted: Self::Granted,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> EventInvoke {
        let Reconfigured { function, to: (qualifier, mut given) } = granted;
        given.modified = now;
        let put = given.clone();
        change(engine, now, out, function, |function| {
            function.event_invoke.insert(qualifier, put);
        });
        given
    }
}

impl Ask for DeleteEventInvoke {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Reconfigured<String>;

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let DeleteEventInvoke { scope, name, qualifier } = self;
        let function = engine.compute.functions.named(&scope, &name);
        match function.filter(|function| function.event_invoke.contains_key(&qualifier)) {
            Some(function) => Ok(Reconfigured { function: function.id, to: qualifier }),
            None => Err(Refusal::NoEventInvoke(qualifier)),
        }
    }

    fn apply(granted: Self::Granted, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let Reconfigured { function, to } = granted;
        change(engine, now, out, function, |function| {
            function.event_invoke.remove(&to);
        });
    }
}

impl Ask for PutRecursion {
    type Answer = ();
    type Refusal = Refusal;
    type Granted = Reconfigured<RecursiveLoop>;

    fn check(self, engine: &Engine) -> Result<Self::Granted, Refusal> {
        let function = find(&engine.compute, &self.scope, &self.name)?;
        Ok(Reconfigured { function: function.id, to: self.recursive_loop })
    }

    fn apply(granted: Self::Granted, engine: &mut Engine, now: Time, out: &mut dyn EffectSink) {
        let Reconfigured { function, to } = granted;
        change(engine, now, out, function, |function| {
            function.recursive_loop = to;
        });
    }
}
