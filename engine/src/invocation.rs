//! Invocations: each gets a permit and an environment, and ends in one answer.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::decision::{Cause, Choice, PassedOver, Trail};
use crate::effect::{
    Change, Effect, Effects, InvokeResult, Invoked, LogEvent, LogLine, Record, Refusal, Status,
    Throttle,
};
use crate::engine::Engine;
use crate::environment::{Phase, Wanted};
use crate::function::{Function, RoleVerdict};
use crate::id::{CallerId, EniId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::input::{Context, Invoke, InvokeKind, Target};
use crate::limits::USED_STALE;
use crate::node::{Delivery, Exit, NodeCommand, Outcome, Stages};
use crate::time::Time;

/// What an environment's invocation is, beside its id and its function.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    /// Who asked, where a caller waits.
    pub(crate) by: String,
    /// Who waits, unless it is asynchronous.
    pub(crate) caller: CallerId,
    pub(crate) payload: PayloadId,
    pub(crate) context: Option<Box<Context>>,
    /// Environments that could not be built for it.
    pub(crate) passed_over: Vec<PassedOver>,
    /// The number of its trail.
    pub(crate) trail: u64,
    /// Which attempt of an asynchronous event it is, from 1; 0 when a caller waits.
    pub(crate) attempt: u8,
    pub(crate) is_qualified: bool,
    pub(crate) role: RoleVerdict,
}

/// Which invocation, of what.
pub(crate) type Of = (RequestId, FunctionId, Version);

impl Invocation {
    /// What is decided for its sake is decided because of this.
    fn cause(&self, (request, function, _): Of) -> Cause {
        match self.attempt {
            0 => Cause::Sync { request, function, caller: self.by.clone() },
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
    pub(crate) memory_peak: u64,
}

impl Engine {
    pub(crate) fn invoke(&mut self, now: Time, invoke: Invoke, out: &mut Effects) {
        let function = match self.may_invoke(now, &invoke, out) {
            Ok(function) => function,
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
        let invocation = Invocation {
            by: invoke.by,
            caller,
            payload,
            context: invoke.context,
            passed_over: Vec::new(),
            trail: 0,
            attempt: 0,
            is_qualified: invoke.qualifier.is_some(),
            role: invoke.role,
        };
        if let Err(refusal) = self.run(now, (request, function, version), invocation, out) {
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
    ) -> Result<FunctionId, Refusal> {
        let id = match &invoke.function {
            Target::Known(id) => Some(*id),
            Target::Named(scope, name) => {
                self.functions.names.get(scope).and_then(|names| names.get(name)).copied()
            }
        };
        let version = invoke.qualifier.unwrap_or(Version(0));
        if version == Version(0)
            && let Some(id) = id
            && let Some(live) = self.live.get(&id)
            && live.is_invokable
            && now - live.used <= USED_STALE
        {
            return Ok(id);
        }
        let missing = || match &invoke.function {
            Target::Named(scope, name) => {
                Refusal::NoFunction(scope.clone(), name.clone(), invoke.qualifier)
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
        let live = self.live(id);
        live.used = used;
        live.is_invokable |= version == Version(0);
        Ok(id)
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
        let (request, function, version) = of;
        let resumed = match invocation.attempt {
            2.. => self.journal.resumed(request),
            _ => None,
        };
        let trail =
            resumed.unwrap_or_else(|| self.journal.begin(Trail::new(now, request, function)));
        invocation.trail = trail;
        if let Err((throttle, limit)) = self.may_run(function) {
            let refusal = Refusal::Throttled(throttle);
            self.end_trail(now, trail, refusal.exception());
            let choice = Choice::Refuse(refusal.exception().into());
            let over = Vec::from([PassedOver::Concurrency(limit)]);
            let decision = self.journal.draft(now, invocation.cause(of), choice, over);
            self.journal.keep(decision);
            return Err(refusal);
        }
        self.stirs(now, function, version, invocation.role);
        if let Some(environment) = self.take_idle(function, version) {
            let cause = invocation.cause(of);
            let known = self.environments.get_mut(&environment).expect("it is idle");
            known.invocation = Some(invocation);
            let (eni, nth) = (known.eni(), known.invocations + 1);
            let choice = Choice::Reuse { environment, eni, nth };
            let decision = self.journal.draft(now, cause, choice, Vec::new());
            self.journal.keep(decision);
            self.permit(function, version);
            self.deliver(now, request, environment, out);
            return Ok(());
        }
        let wanted = Wanted {
            request: Some(request),
            function,
            version,
            cause: invocation.cause(of),
            role: invocation.role,
            passed_over: Vec::new(),
        };
        let environment = match self.start_environment(now, wanted, out) {
            Ok(environment) => environment,
            Err(refusal) => {
                self.end_trail(now, trail, refusal.exception());
                return Err(refusal);
            }
        };
        self.permit(function, version);
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = Some(environment);
            trail.started = true;
        }
        self.give(environment, invocation);
        Ok(())
    }

    /// Whether one more invocation may run; else what is exhausted, and at which number.
    fn may_run(&mut self, function: FunctionId) -> Result<(), (Throttle, u32)> {
        let live = self.live(function);
        let (scope, inflight, reserved) = (live.scope, live.inflight, live.reserved);
        if let Some(reserved) = reserved {
            return match inflight < reserved {
                true => Ok(()),
                false => Err((Throttle::Reserved, reserved)),
            };
        }
        let used = &self.scopes.used[scope];
        let pool = self.config.limits.concurrency.saturating_sub(used.reserved_sum);
        match used.inflight - used.in_reserved < pool {
            true => Ok(()),
            false => Err((Throttle::Concurrency, pool)),
        }
    }

    fn permit(&mut self, function: FunctionId, version: Version) {
        let live = self.live.get_mut(&function).expect("it was asked whether it may");
        live.inflight += 1;
        live.of(version).running += 1;
        let (scope, reserved) = (live.scope, live.reserved);
        let used = &mut self.scopes.used[scope];
        used.inflight += 1;
        used.in_reserved += u32::from(reserved.is_some());
    }

    fn give_back_permit(&mut self, now: Time, function: FunctionId, version: Version) {
        let live = self.live.get_mut(&function).expect("a permit was taken from it");
        live.inflight -= 1;
        live.of(version).running -= 1;
        let used = &mut self.scopes.used[live.scope];
        used.inflight -= 1;
        used.in_reserved -= u32::from(live.reserved.is_some());
        if live.inflight == 0 {
            if live.habit.is_some() {
                self.rests(now, function);
            }
            self.forget_if_gone(function);
        }
    }

    fn give(&mut self, environment: EnvironmentId, invocation: Invocation) {
        let environment = self.environments.get_mut(&environment).expect("it was just started");
        environment.invocation = Some(invocation);
    }

    fn note_environment(&mut self, trail: u64, environment: EnvironmentId) {
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = Some(environment);
        }
    }

    /// Gives an environment the event of its invocation.
    pub(crate) fn deliver(
        &mut self,
        now: Time,
        request: RequestId,
        id: EnvironmentId,
        out: &mut Effects,
    ) {
        let environment = self.environments.get_mut(&id).expect("the caller has it");
        let limit = environment.take(now, request);
        let (function, version) = (environment.function, environment.version);
        if environment.falls_due(limit) {
            self.timers.look(id, limit);
        }
        let invocation = environment.invocation.as_mut().expect("it was given to it");
        let trail = invocation.trail;
        let delivery = Delivery {
            environment: id,
            request,
            payload: invocation.payload,
            deadline: limit,
            qualifier: invocation.is_qualified.then_some(version),
            // An invocation is delivered once.
            context: invocation.context.take(),
        };
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = Some(id);
            trail.delivered = Some(now);
        }
        let line = LogLine::Start(request);
        out.push(Effect::Log(LogEvent { at: now, function, environment: id, line }));
        out.push(Effect::Command(NodeCommand::Deliver(delivery)));
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
        let known = self.environments.get_mut(&id);
        let Some(environment) = known.filter(|each| each.is_busy_with(request)) else {
            // It was too late: the invocation has timed out.
            if let Outcome::Response { payload, .. } | Outcome::Error { payload, .. } = outcome {
                out.push(Effect::Release(payload));
            }
            return;
        };
        environment.memory_peak = environment.memory_peak.max(memory_peak);
        let result = match outcome {
            Outcome::Response { payload, .. } => InvokeResult::Response(payload),
            Outcome::Error { payload, .. } => InvokeResult::Error(payload),
            Outcome::TooLarge(length) => InvokeResult::TooLarge(length),
        };
        let account = Account { duration, status: None, memory_peak: environment.memory_peak };
        self.report(now, request, id, account, out);
        self.rest(now, id, out);
        self.end(now, id, Ending::Ran(result), out);
    }

    /// The last two lines of an invocation's log.
    fn report(
        &mut self,
        now: Time,
        request: RequestId,
        id: EnvironmentId,
        account: Account,
        out: &mut Effects,
    ) {
        let environment = self.environments.get_mut(&id).expect("the caller has it");
        let init = environment.tell_init();
        let line = LogLine::Report {
            request,
            duration: account.duration,
            memory: environment.limits.memory,
            memory_peak: account.memory_peak,
            init,
            status: account.status.map(Box::new),
        };
        let of = |line| LogEvent { at: now, function: environment.function, environment: id, line };
        out.push(Effect::Log(of(LogLine::End(request))));
        out.push(Effect::Log(of(line)));
    }

    /// Ends an environment's invocation: one answer, or what becomes of its asynchronous event.
    pub(crate) fn end(&mut self, now: Time, id: EnvironmentId, ending: Ending, out: &mut Effects) {
        let environment = self.environments.get_mut(&id).expect("the caller has it");
        let invocation = environment.invocation.take().expect("an invocation ends once");
        let request = environment.last().expect("it has had one");
        let (function, version) = (environment.function, environment.version);
        self.give_back_permit(now, function, version);
        self.end_trail(now, invocation.trail, ending.word());
        if invocation.attempt > 0 {
            return self.event_ended(now, request, ending, out);
        }
        let caller = invocation.caller;
        out.push(Effect::Release(invocation.payload));
        out.push(match ending {
            Ending::Refused(refusal) => Effect::Respond(caller, Box::new(Err(refusal))),
            Ending::Ran(result) => {
                let (version, environment) = (Some(version), Some(id));
                Effect::Invoked(caller, Invoked { request, version, environment, result })
            }
        });
    }

    pub(crate) fn end_trail(&mut self, now: Time, trail: u64, outcome: &'static str) {
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.ended = Some(now);
            trail.outcome = Some(outcome);
        }
    }

    /// An invocation whose time is up; its environment is not used again.
    pub(crate) fn timed_out(
        &mut self,
        now: Time,
        (id, request): (EnvironmentId, RequestId),
        out: &mut Effects,
    ) {
        let environment = &self.environments[&id];
        let limit = environment.limits.timeout();
        let memory_peak = environment.memory_peak;
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
        let account = Account { duration: limit, status: Some(Status::Timeout), memory_peak };
        self.report(now, request, id, account, out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, id, Ending::Ran(result), out);
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
        let (phase, began) = (self.environments[&id].phase, self.environments[&id].since);
        if phase != Phase::Busy {
            self.log(now, id, LogLine::Start(request), out);
        }
        let memory_peak = self.environments[&id].memory_peak;
        self.report(now, request, id, Account { duration: now - began, status, memory_peak }, out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, id, Ending::Ran(result), out);
    }

    /// An environment could not be built: the next subnet is tried, while there is one.
    pub(crate) fn start_failed(
        &mut self,
        now: Time,
        id: EnvironmentId,
        text: String,
        out: &mut Effects,
    ) {
        let Some(environment) = self.environments.get(&id) else { return };
        let (eni, of) = (environment.own_eni(), (environment.function, environment.version));
        let request = environment.request();
        self.reap(now, id, Cause::Failure(id), out);
        let Some(request) = request else { return };
        let mut refusal = Refusal::InvokeNodeFailed(text.clone());
        if let Some(eni) = eni {
            match self.start_again(now, id, (request, of.0, of.1), (eni, text), out) {
                Ok(true) => return,
                Ok(false) => {}
                Err(other) => refusal = other,
            }
        }
        self.end(now, id, Ending::Refused(refusal), out);
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
        let subnets = self.subnets_of(of.1, of.2);
        let environment = self.environments.get_mut(&id).expect("it is being reaped");
        let invocation = environment.invocation.as_mut().expect("it waited for it");
        let passed_over = &mut invocation.passed_over;
        passed_over.push(PassedOver::EniFailed(eni, text));
        if passed_over.len() >= subnets {
            return Ok(false);
        }
        let wanted = Wanted {
            request: Some(of.0),
            function: of.1,
            version: of.2,
            passed_over: passed_over.clone(),
            cause: invocation.cause(of),
            role: invocation.role,
        };
        let next = self.start_environment(now, wanted, out)?;
        let environment = self.environments.get_mut(&id).expect("it is being reaped");
        let invocation = environment.invocation.take().expect("it was just looked at");
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
        for each in self.environments.values().filter(|each| each.invocation.is_some()) {
            *running.entry((each.function, each.version)).or_default() += 1;
        }
        for live in self.live.values() {
            for each in live.each() {
                let counted = running.get(&(live.id, each.version)).copied().unwrap_or(0);
                assert_eq!(each.running, counted, "permits of {:?}", live.id);
            }
            let sum: u32 = live.each().map(|each| each.running).sum();
            assert_eq!(live.inflight, sum, "permits of {:?}", live.id);
            scopes[live.scope].0 += live.inflight;
            scopes[live.scope].1 += if live.reserved.is_some() { live.inflight } else { 0 };
        }
        for (used, counted) in self.scopes.used.iter().zip(scopes) {
            assert_eq!((used.inflight, used.in_reserved), counted, "permits of a scope");
            assert_eq!(used.reserved_sum, used.reserved.values().sum::<u32>(), "reserved");
        }
        for environment in self.environments.values() {
            let has = environment.invocation.is_some();
            assert_eq!(
                environment.request().is_some(),
                has,
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
