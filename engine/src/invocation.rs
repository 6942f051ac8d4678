//! Invocations: each gets a permit and an environment, and ends in one answer.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::decision::{Cause, Choice, PassedOver, Reuse, Trail};
use crate::effect::{
    Change, Effect, Effects, InvokeResult, Invoked, LogEvent, LogLine, Record, Refusal, Status,
    Throttle,
};
use crate::engine::Engine;
use crate::environment::{Environment, Phase, Wanted};
use crate::function::{Function, RoleVerdict};
use crate::id::{CallerId, EniId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::input::{Context, Invoke, InvokeKind, Target};
use crate::journal::Journal;
use crate::keep::KeepAlive;
use crate::limits::USED_STALE;
use crate::node::{Delivery, Exit, NodeCommand, Outcome, Stages};
use crate::time::Time;

/// What an environment's invocation is, beside its id and its function.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    /// Who waits, unless it is asynchronous.
    pub(crate) caller: CallerId,
    pub(crate) payload: PayloadId,
    /// The number of its trail.
    pub(crate) trail: u64,
    pub(crate) detail: Option<Box<Detail>>,
}

/// What invocations have that say who invokes, and not all that a plan replays.
#[derive(Debug, Clone)]
pub(crate) struct Detail {
    /// Who asked, where a caller waits.
    pub(crate) by: String,
    pub(crate) context: Option<Box<Context>>,
    /// Environments that could not be built for it.
    pub(crate) passed_over: Vec<PassedOver>,
    /// Which attempt of an asynchronous event it is, from 1; 0 when a caller waits.
    pub(crate) attempt: u8,
    pub(crate) is_qualified: bool,
    pub(crate) role: RoleVerdict,
}

impl Default for Detail {
    fn default() -> Detail {
        Detail {
            by: String::new(),
            context: None,
            passed_over: Vec::new(),
            attempt: 0,
            is_qualified: false,
            role: RoleVerdict::Allowed,
        }
    }
}

/// Which invocation, of what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of {
    pub(crate) request: RequestId,
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
    /// The slot of what the function has at present.
    pub(crate) home: u32,
}

impl Invocation {
    /// In the place of one.
    pub(crate) fn none() -> Invocation {
        Invocation { caller: CallerId(0), payload: PayloadId(0), trail: 0, detail: None }
    }

    fn attempt(&self) -> u8 {
        self.detail.as_ref().map_or(0, |detail| detail.attempt)
    }

    fn role(&self) -> RoleVerdict {
        self.detail.as_ref().map_or(RoleVerdict::Allowed, |detail| detail.role)
    }

    /// What is decided for its sake is decided because of this.
    fn cause(&self, Of { request, function, .. }: Of) -> Cause {
        let Some(detail) = &self.detail else {
            return Cause::Sync { request, function, caller: String::new() };
        };
        match detail.attempt {
            0 => Cause::Sync { request, function, caller: detail.by.clone() },
            attempt => Cause::Async { request, function, attempt },
        }
    }
}

/// How an invocation ends.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It ran, well or not.
    Ran(InvokeResult),
    /// It could not be run.
    Refused(Refusal),
}

/// What the last lines of its log say.
pub(crate) struct Account {
    pub(crate) duration: Duration,
    pub(crate) status: Option<Status>,
}

impl Engine {
    pub(crate) fn invoke(&mut self, now: Time, invoke: Invoke, out: &mut Effects) {
        let (function, home) = match self.may_invoke(now, &invoke, out) {
            Ok(found) => found,
            Err(refusal) => {
                out.push(Effect::Release(invoke.payload));
                out.push(Effect::Respond(invoke.caller, Box::new(Err(refusal))));
                return;
            }
        };
        let request = RequestId::random(&mut self.random);
        if invoke.kind == InvokeKind::Async {
            return self.accept_event(now, request, function, invoke, out);
        }
        let (caller, payload) = (invoke.caller, invoke.payload);
        let version = invoke.qualifier.unwrap_or(Version(0));
        let is_plain = invoke.by.is_empty()
            && invoke.context.is_none()
            && invoke.qualifier.is_none()
            && invoke.role == RoleVerdict::Allowed;
        let detail = (!is_plain).then(|| {
            Box::new(Detail {
                by: invoke.by,
                context: invoke.context,
                is_qualified: invoke.qualifier.is_some(),
                role: invoke.role,
                ..Detail::default()
            })
        });
        let invocation = Invocation { caller, payload, trail: 0, detail };
        let of = Of { request, function, version, home };
        if let Err(refusal) = self.run(now, of, invocation, out) {
            out.push(Effect::Release(payload));
            out.push(Effect::Respond(caller, Box::new(Err(refusal))));
        }
    }

    /// Whether the function is there and in a state to be invoked.
    fn may_invoke(
        &mut self,
        now: Time,
        invoke: &Invoke,
        out: &mut Effects,
    ) -> Result<(FunctionId, u32), Refusal> {
        let id = match &invoke.function {
            Target::Known(id) => Some(*id),
            Target::Named(named) => {
                let names = self.functions.names.get(&named.0);
                names.and_then(|names| names.get(&named.1)).copied()
            }
        };
        let version = invoke.qualifier.unwrap_or(Version(0));
        if version == Version(0)
            && let Some(id) = id
            && let Some(home) = self.live.slot(&id)
            && let live = self.live.at(home)
            && live.is_invokable
            && now <= live.used + USED_STALE
        {
            return Ok((id, home));
        }
        let missing = || match &invoke.function {
            Target::Named(named) => {
                let (scope, name) = (**named).clone();
                Refusal::NoFunction(scope, name, invoke.qualifier)
            }
            Target::Known(_) => Refusal::FunctionGone,
        };
        let function = id.and_then(|id| self.functions.by_id.get(&id)).ok_or_else(missing)?;
        let configuration = function.configuration(version).ok_or_else(missing)?;
        let id = function.id;
        if let Some(busy) = configuration.state.busy() {
            let name = function.name.clone();
            self.restore_network(now, id, out);
            return Err(Refusal::FunctionBusy(name, busy));
        }
        self.mark_used(now, id, out);
        self.settle_touched();
        let used = self.functions.by_id[&id].used;
        let home = self.home(id);
        let live = self.live.at_mut(home);
        live.used = used;
        live.is_invokable |= version == Version(0);
        Ok((id, home))
    }

    /// Notes that a function is in use, durably once a day.
    fn mark_used(&mut self, now: Time, function: FunctionId, out: &mut Effects) {
        if now - self.functions.by_id[&function].used > USED_STALE {
            let function: &mut Function =
                self.functions.get_mut(&function).expect("it was just found");
            function.used = now;
            let record = Record::Function(Box::new(function.clone()));
            self.persist(Vec::from([Change::Put(Box::new(record))]), out);
        }
    }

    /// Gives an invocation a permit and an environment, idle or new.
    pub(crate) fn run(
        &mut self,
        now: Time,
        of: Of,
        mut invocation: Invocation,
        out: &mut Effects,
    ) -> Result<(), Refusal> {
        let Of { request, function, version, home } = of;
        let resumed = match invocation.attempt() {
            2.. => self.journal.resumed(request),
            _ => None,
        };
        let trail = |journal: &mut Journal| {
            resumed.unwrap_or_else(|| journal.begin(Trail::new(now, request, function)))
        };
        if let Err((throttle, limit)) = self.may_run(home) {
            let refusal = Refusal::Throttled(throttle);
            let trail = trail(&mut self.journal);
            self.end_trail(now, trail, refusal.exception());
            let choice = Choice::Refuse(refusal.exception().into());
            let over = Vec::from([PassedOver::Concurrency(limit)]);
            let decision = self.journal.draft(now, invocation.cause(of), choice, over);
            self.journal.keep(decision);
            return Err(refusal);
        }
        self.stirs(now, function, version, invocation.role());
        let idle = &mut self.live.at_mut(home).of(version).idle;
        if let Some(slot) = idle.take_newest(&self.environments) {
            self.reuse(now, (of, slot), (invocation, resumed), out);
            return Ok(());
        }
        let trail = trail(&mut self.journal);
        invocation.trail = trail;
        let wanted = Wanted {
            request: Some(request),
            function,
            version,
            cause: invocation.cause(of),
            role: invocation.role(),
            passed_over: Vec::new(),
        };
        let environment = match self.start_environment(now, wanted, out) {
            Ok(environment) => environment,
            Err(refusal) => {
                self.end_trail(now, trail, refusal.exception());
                return Err(refusal);
            }
        };
        self.permit(home, version);
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = environment;
            trail.started = true;
        }
        self.give(environment, invocation);
        Ok(())
    }

    /// Gives an invocation to an environment that was idle.
    fn reuse(
        &mut self,
        now: Time,
        (of, slot): (Of, u32),
        (mut invocation, resumed): (Invocation, Option<u64>),
        out: &mut Effects,
    ) {
        let Of { request, function, version, home } = of;
        let known = self.environments.at_mut(slot);
        let environment = known.id;
        let (eni, nth) = (known.eni(), known.invocations() + 1);
        if let Some(trail) = resumed {
            let (cause, choice) = (invocation.cause(of), Choice::Reuse { environment, eni, nth });
            let decision = self.journal.draft(now, cause, choice, Vec::new());
            self.journal.keep(decision);
            invocation.trail = trail;
        } else {
            let by = invocation.detail.as_ref().filter(|detail| !detail.by.is_empty());
            let reuse = Reuse {
                id: self.journal.number(),
                eni: eni.map_or(0, |eni| eni.0),
                by: by.map(|detail| detail.by.as_str().into()),
                nth: nth as u32,
                attempt: invocation.attempt(),
            };
            let trail = Trail { reuse, environment, ..Trail::new(now, request, function) };
            invocation.trail = self.journal.begin(trail);
        }
        known.invocation = invocation;
        known.has_invocation = true;
        self.leaves_idle(environment);
        self.permit(home, version);
        self.deliver(now, request, slot, out);
    }

    /// Whether one more invocation may run; else what is exhausted, and at which number.
    fn may_run(&mut self, home: u32) -> Result<(), (Throttle, u32)> {
        let live = self.live.at(home);
        let (scope, inflight, reserved) = (live.scope, live.inflight, live.reserved);
        if let Some(reserved) = reserved {
            return match inflight < reserved {
                true => Ok(()),
                false => Err((Throttle::Reserved, reserved)),
            };
        }
        let used = self.scopes.of(scope);
        let pool = self.config.limits.concurrency.saturating_sub(used.reserved_sum);
        match used.inflight - used.in_reserved < pool {
            true => Ok(()),
            false => Err((Throttle::Concurrency, pool)),
        }
    }

    fn permit(&mut self, home: u32, version: Version) {
        let live = self.live.at_mut(home);
        live.inflight += 1;
        live.of(version).permits += 1;
        let used = self.scopes.of(live.scope);
        used.inflight += 1;
        used.in_reserved += u32::from(live.reserved.is_some());
    }

    fn give_back_permit(&mut self, now: Time, home: u32, version: Version) {
        let live = self.live.at_mut(home);
        live.inflight -= 1;
        live.of(version).permits -= 1;
        let used = self.scopes.of(live.scope);
        used.inflight -= 1;
        used.in_reserved -= u32::from(live.reserved.is_some());
        if live.inflight == 0 && matches!(self.config.limits.keep_alive, KeepAlive::Histogram(_)) {
            self.rests(now, home);
        }
    }

    fn give(&mut self, environment: EnvironmentId, invocation: Invocation) {
        let environment = self.environments.get_mut(&environment).expect("it was just started");
        environment.invocation = invocation;
        environment.has_invocation = true;
    }

    fn note_environment(&mut self, trail: u64, environment: EnvironmentId) {
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = environment;
        }
    }

    /// Gives an environment the event of its invocation.
    pub(crate) fn deliver(&mut self, now: Time, request: RequestId, slot: u32, out: &mut Effects) {
        let environment = self.environments.at_mut(slot);
        let id = environment.id;
        let limit = environment.take(now, request);
        if environment.falls_due(limit) {
            self.timers.look(id, limit);
        }
        let version = environment.version();
        let invocation = &mut environment.invocation;
        // An invocation is delivered once.
        let context = invocation.detail.as_mut().and_then(|detail| detail.context.take());
        let is_qualified = invocation.detail.as_ref().is_some_and(|detail| detail.is_qualified);
        let (payload, trail) = (invocation.payload, invocation.trail);
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = id;
            trail.delivered = now;
        }
        out.push(Effect::Command(NodeCommand::Deliver(Delivery {
            environment: id,
            request,
            payload,
            deadline: limit,
            qualifier: is_qualified.then_some(version),
            context,
        })));
    }

    /// The node says that an invocation is answered.
    pub(crate) fn finished(
        &mut self,
        now: Time,
        (id, request): (EnvironmentId, RequestId),
        outcome: Outcome,
        (memory_peak, duration): (u64, Duration),
        out: &mut Effects,
    ) {
        let slot = self.environments.slot(&id);
        let slot = slot.filter(|slot| self.environments.at(*slot).is_busy_with(request));
        let Some(slot) = slot else {
            // It was too late: the invocation has timed out.
            if let Outcome::Response { payload, .. } | Outcome::Error { payload, .. } = outcome {
                out.push(Effect::Release(payload));
            }
            return;
        };
        self.environments.at_mut(slot).peaks_at(memory_peak);
        let result = match outcome {
            Outcome::Response { payload, .. } => InvokeResult::Response(payload),
            Outcome::Error { payload, .. } => InvokeResult::Error(payload),
            Outcome::TooLarge(length) => InvokeResult::TooLarge(length),
        };
        self.report(now, request, slot, Account { duration, status: None }, out);
        self.rest(now, slot, out);
        self.end(now, slot, Ending::Ran(result), out);
    }

    /// The last lines of an invocation's log.
    fn report(
        &mut self,
        now: Time,
        request: RequestId,
        slot: u32,
        account: Account,
        out: &mut Effects,
    ) {
        let environment = self.environments.at_mut(slot);
        let init = environment.tell_init();
        let line = LogLine::Report {
            request,
            duration: account.duration,
            memory: environment.limits.memory(),
            memory_peak: environment.memory_peak(),
            init,
            status: account.status.map(Box::new),
        };
        out.push(Effect::Log(LogEvent { at: now, environment: environment.id, line }));
    }

    /// Ends an environment's invocation: one answer, or what becomes of its asynchronous event.
    pub(crate) fn end(&mut self, now: Time, slot: u32, ending: Ending, out: &mut Effects) {
        let environment = self.environments.at_mut(slot);
        assert!(environment.has_invocation, "an invocation ends once");
        environment.has_invocation = false;
        let invocation = core::mem::replace(&mut environment.invocation, Invocation::none());
        let request = environment.last().expect("it has had one");
        let (id, home, version) = (environment.id, environment.home, environment.version());
        self.give_back_permit(now, home, version);
        self.end_trail(now, invocation.trail, ending.word());
        if invocation.attempt() > 0 {
            return self.event_ended(now, request, ending, out);
        }
        let (caller, event) = (invocation.caller, invocation.payload);
        match ending {
            Ending::Refused(refusal) => {
                out.push(Effect::Release(event));
                out.push(Effect::Respond(caller, Box::new(Err(refusal))));
            }
            Ending::Ran(result) => {
                let invoked = Invoked { request, version, environment: id, event, result };
                out.push(Effect::Invoked(caller, invoked));
            }
        }
    }

    pub(crate) fn end_trail(&mut self, now: Time, trail: u64, outcome: &'static str) {
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.ended = now;
            trail.outcome = outcome;
        }
    }

    /// An invocation whose time is up; its environment is not used again.
    pub(crate) fn timed_out(
        &mut self,
        now: Time,
        (id, request): (EnvironmentId, RequestId),
        out: &mut Effects,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let environment = self.environments.at(slot);
        let limit = environment.limits.timeout();
        let result = match environment.phase {
            Phase::Busy => InvokeResult::TimedOut(limit),
            Phase::Init | Phase::InitAgain | Phase::Resetting | Phase::Idle | Phase::Reaping => {
                let status = Status::Timeout;
                let line = LogLine::InitReport { duration: limit, status, phase: "invoke" };
                self.log(now, id, line, out);
                self.log(now, id, LogLine::Start(request), out);
                InvokeResult::InitTimedOut(limit)
            }
        };
        let account = Account { duration: limit, status: Some(Status::Timeout) };
        self.report(now, request, slot, account, out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, slot, Ending::Ran(result), out);
    }

    /// The process ended in the midst of an invocation, or in its second init.
    pub(crate) fn died(
        &mut self,
        now: Time,
        request: RequestId,
        id: EnvironmentId,
        exit: Exit,
        out: &mut Effects,
    ) {
        let status = Some(Status::Error(exit.error_type().into()));
        self.failed(now, request, id, (status, InvokeResult::Died(exit)), out);
    }

    /// An init failed with a document of its own.
    pub(crate) fn init_failed(
        &mut self,
        now: Time,
        id: EnvironmentId,
        (payload, error_type): (PayloadId, Option<String>),
        stages: Stages,
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get(&id) else {
            return out.push(Effect::Release(payload));
        };
        let (phase, waiting) = (environment.phase, environment.request());
        let error_type = error_type.unwrap_or_else(|| "Runtime.Unknown".into());
        let spent = (stages.runtime, Status::Error(error_type.clone()));
        match waiting {
            Some(request) if !self.init_again(now, id, spent, out) => {
                let status = Some(Status::Error(error_type));
                self.failed(now, request, id, (status, InvokeResult::Error(payload)), out);
            }
            Some(_) | None => out.push(Effect::Release(payload)),
        }
        if waiting.is_none() && phase == Phase::Init {
            self.reap(now, id, Cause::Failure(id), out);
        }
    }

    fn failed(
        &mut self,
        now: Time,
        request: RequestId,
        id: EnvironmentId,
        (status, result): (Option<Status>, InvokeResult),
        out: &mut Effects,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let Environment { phase, since, .. } = *self.environments.at(slot);
        if phase != Phase::Busy {
            self.log(now, id, LogLine::Start(request), out);
        }
        self.report(now, request, slot, Account { duration: now - since, status }, out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, slot, Ending::Ran(result), out);
    }

    /// An environment could not be built: the next subnet is tried, while there is one.
    pub(crate) fn start_failed(
        &mut self,
        now: Time,
        id: EnvironmentId,
        text: String,
        out: &mut Effects,
    ) {
        let Some(slot) = self.environments.slot(&id) else { return };
        let environment = self.environments.at(slot);
        let eni = environment.own_eni();
        let (function, version, home) =
            (environment.function(), environment.version(), environment.home);
        let request = environment.request();
        self.reap(now, id, Cause::Failure(id), out);
        let Some(request) = request else { return };
        let mut refusal = Refusal::InvokeNodeFailed(text.clone());
        if let Some(eni) = eni {
            let of = Of { request, function, version, home };
            match self.start_again(now, id, of, (eni, text), out) {
                Ok(true) => return,
                Ok(false) => {}
                Err(other) => refusal = other,
            }
        }
        self.end(now, slot, Ending::Refused(refusal), out);
    }

    /// Starts another environment for an invocation whose first could not be built, if there is a
    /// further subnet; answers whether it did.
    fn start_again(
        &mut self,
        now: Time,
        id: EnvironmentId,
        of: Of,
        (eni, text): (EniId, String),
        out: &mut Effects,
    ) -> Result<bool, Refusal> {
        let subnets = self.subnets_of(of.function, of.version);
        let environment = self.environments.get_mut(&id).expect("it is being reaped");
        let invocation = &mut environment.invocation;
        let passed_over = &mut invocation.detail.get_or_insert_default().passed_over;
        passed_over.push(PassedOver::EniFailed(eni, text));
        if passed_over.len() >= subnets {
            return Ok(false);
        }
        let wanted = Wanted {
            request: Some(of.request),
            function: of.function,
            version: of.version,
            passed_over: passed_over.clone(),
            cause: invocation.cause(of),
            role: invocation.role(),
        };
        let next = self.start_environment(now, wanted, out)?;
        let environment = self.environments.get_mut(&id).expect("it is being reaped");
        environment.has_invocation = false;
        let invocation = core::mem::replace(&mut environment.invocation, Invocation::none());
        self.note_environment(invocation.trail, next);
        self.give(next, invocation);
        Ok(true)
    }

    fn subnets_of(&self, function: FunctionId, version: Version) -> usize {
        let function = self.functions.by_id.get(&function);
        let configuration = function.and_then(|function| function.configuration(version));
        configuration
            .and_then(|configuration| configuration.in_force().vpc.as_ref())
            .map_or(0, |vpc| vpc.subnets.len())
    }

    /// Checks permits and bounds.
    pub(crate) fn check_invocations(&self) {
        let mut scopes = alloc::vec![(0, 0); self.scopes.used.len()];
        let mut running: BTreeMap<(FunctionId, Version), u32> = BTreeMap::new();
        for each in self.environments.values().filter(|each| each.has_invocation) {
            *running.entry((each.function(), each.version())).or_default() += 1;
        }
        for live in self.live.values() {
            for (version, each) in live.each() {
                let counted = running.get(&(live.id, version)).copied().unwrap_or(0);
                assert_eq!(each.permits, counted, "permits of {:?}", live.id);
            }
            let sum: u32 = live.each().map(|(_, each)| each.permits).sum();
            assert_eq!(live.inflight, sum, "permits of {:?}", live.id);
            let scope = live.scope as usize;
            scopes[scope].0 += live.inflight;
            scopes[scope].1 += if live.reserved.is_some() { live.inflight } else { 0 };
        }
        for (used, counted) in self.scopes.used.iter().zip(scopes) {
            assert_eq!((used.inflight, used.in_reserved), counted, "permits of a scope");
            assert_eq!(used.reserved_sum, used.reserved.values().sum::<u32>(), "reserved");
        }
        for environment in self.environments.values() {
            assert_eq!(
                environment.request().is_some(),
                environment.has_invocation,
                "{} and its invocation",
                environment.id
            );
        }
    }
}

impl Ending {
    /// How it ended, in a word.
    fn word(&self) -> &'static str {
        match self {
            Ending::Ran(InvokeResult::Response(_)) => "ok",
            Ending::Ran(InvokeResult::Error(_)) => "error",
            Ending::Ran(InvokeResult::TimedOut(_) | InvokeResult::InitTimedOut(_)) => "timeout",
            Ending::Ran(InvokeResult::Died(_)) => "Runtime.ExitError",
            Ending::Ran(InvokeResult::TooLarge(_)) => "Function.ResponseSizeTooLarge",
            Ending::Refused(refusal) => refusal.exception(),
        }
    }
}
