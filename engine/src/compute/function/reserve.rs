//! Reserved concurrency.

use alloc::boxed::Box;
use alloc::string::String;

use crate::ask::Ask;
use crate::base::id::FunctionId;
use crate::base::limits::UNRESERVED_MINIMUM;
use crate::base::scope::Scope;
use crate::base::time::Time;
use crate::compute::function::create::Work;
use crate::compute::function::refusal::Refusal;
use crate::effect::EffectSink;
use crate::engine::Engine;
use crate::record::function::Function;

/// `PutFunctionConcurrency` and, with none, `DeleteFunctionConcurrency`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// The account and region that it is of.
    pub scope: Scope,
    /// The function's name.
    pub name: String,
    /// Concurrent invocations kept for it, of those of its scope.
    pub reserved: Option<u32>,
}

/// Concurrency that may be reserved.
#[derive(Debug)]
pub struct Reservable {
    function: FunctionId,
    reserved: Option<u32>,
}

impl Ask for Reserve {
    type Answer = Box<Function>;
    type Refusal = Refusal;
    type Granted = Reservable;

    fn check(self, engine: &Engine) -> Result<Reservable, Refusal> {
        let Reserve { scope, name, reserved } = self;
        let Some(function) = engine.compute.functions.named(&scope, &name) else {
            return Err(Refusal::NoFunction(scope, name, None));
        };
        if let Some(wanted) = reserved {
            let others = engine.compute.scopes.reserved_by_others(&scope, function.id);
            let most = engine.config.limits.concurrency.saturating_sub(UNRESERVED_MINIMUM);
            if others.saturating_add(wanted) > most {
                return Err(Refusal::ReserveTooMuch(UNRESERVED_MINIMUM));
            }
        }
        Ok(Reservable { function: function.id, reserved })
    }

    fn apply(
        granted: Reservable,
        engine: &mut Engine,
        now: Time,
        out: &mut dyn EffectSink,
    ) -> Box<Function> {
        let (compute, _, mut cx) = engine.parts(now, out);
        let Reservable { function: id, reserved } = granted;
        let live = compute.live(id);
        live.reserved = reserved;
        let (scope, inflight) = (live.scope, live.inflight);
        compute.scopes.reserve(scope, id, reserved, inflight);
        compute.functions.get_mut(&id).expect("it was found").reserved = reserved;
        let function = compute.functions.by_id[&id].clone();
        let mut work = Work::default();
        work.store(&function);
        work.finish(&mut cx);
        function
    }
}
