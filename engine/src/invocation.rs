//! Invocations: each gets a permit and an environment, and ends in one answer.

use alloc::boxed::Box;
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
use crate::id::{CallerId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::input::{Context, Invoke, InvokeKind, Target};
use crate::limits::USED_STALE;
use crate::node::{Delivery, Exit, NodeCommand, Outcome, Stages};
use crate::time::Time;

/// An invocation that has an environment, ready or not.
#[derive(Debug, Clone)]
pub(crate) struct Invocation {
    pub(crate) caller: Option<CallerId>,
    pub(crate) function: FunctionId,
    pub(crate) version: Version,
    pub(crate) qualifier: Option<Version>,
    pub(crate) payload: PayloadId,
    pub(crate) context: Option<Box<Context>>,
    pub(crate) role: RoleVerdict,
    pub(crate) cause: Cause,
    pub(crate) environment: EnvironmentId,
    /// Environments that could not be built for it.
    pub(crate) passed_over: Vec<PassedOver>,
    /// When it was delivered.
    pub(crate) delivered: Option<Time>,
    /// The number of its trail.
    pub(crate) trail: u64,
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
        self.mark_used(now, function, out);
        let request = self.invocations.fresh(&mut self.random);
        if invoke.kind == InvokeKind::Async {
            return self.accept_event(now, request, function, invoke, out);
        }
        let (caller, payload) = (invoke.caller, invoke.payload);
        let invocation = Invocation {
            caller: Some(caller),
            function,
            version: invoke.qualifier.unwrap_or(Version(0)),
            qualifier: invoke.qualifier,
            payload,
            context: invoke.context,
            role: invoke.role,
            cause: Cause::Sync { request, function, caller: invoke.by },
            environment: EnvironmentId(0),
            passed_over: Vec::new(),
            delivered: None,
            trail: 0,
        };
        if let Err(refusal) = self.run(now, request, invocation, out) {
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
        let missing = || match &invoke.function {
            Target::Named(scope, name) => {
                Refusal::NoFunction(scope.clone(), name.clone(), invoke.qualifier)
            }
            Target::Known(_) => Refusal::FunctionGone,
        };
        let function = match &invoke.function {
            Target::Named(scope, name) => self.function(scope, name),
            Target::Known(id) => self.functions.by_id.get(id),
        };
        let function = function.ok_or_else(missing)?;
        let version = invoke.qualifier.unwrap_or(Version(0));
        let configuration = function.configuration(version).ok_or_else(missing)?;
        let id = function.id;
        match configuration.state.busy() {
            None => Ok(id),
            Some(busy) => {
                let name = function.name.clone();
                self.restore_network(now, id, out);
                Err(Refusal::FunctionBusy(name, busy))
            }
        }
    }

    /// Notes that a function is in use, durably once a day.
    fn mark_used(&mut self, now: Time, function: FunctionId, out: &mut Effects) {
        let function: &mut Function =
            self.functions.by_id.get_mut(&function).expect("it was just found");
        if now - function.used > USED_STALE {
            function.used = now;
            let record = Record::Function(Box::new(function.clone()));
            self.persist(Vec::from([Change::Put(Box::new(record))]), out);
        }
    }

    /// Gives an invocation a permit and an environment, idle or new.
    pub(crate) fn run(
        &mut self,
        now: Time,
        request: RequestId,
        mut invocation: Invocation,
        out: &mut Effects,
    ) -> Result<(), Refusal> {
        let (function, version) = (invocation.function, invocation.version);
        let resumed = match invocation.cause {
            Cause::Async { attempt: 2.., .. } => self.journal.resumed(request),
            _ => None,
        };
        invocation.trail = resumed.unwrap_or_else(|| {
            self.journal.begin(Trail {
                request,
                function,
                environment: None,
                started: false,
                began: now,
                delivered: None,
                ended: None,
                outcome: None,
                drops: Vec::new(),
                judges: Vec::new(),
            })
        });
        let trail = invocation.trail;
        if let Err((throttle, limit)) = self.may_run(function) {
            let refusal = Refusal::Throttled(throttle);
            self.end_trail(now, trail, refusal.exception());
            let choice = Choice::Refuse(refusal.exception().into());
            let over = Vec::from([PassedOver::Concurrency(limit)]);
            let decision = self.journal.draft(now, invocation.cause, choice, over);
            self.journal.keep(decision);
            return Err(refusal);
        }
        if let Some(environment) = self.take_idle(function, version) {
            let known = &self.environments[&environment];
            let (eni, nth) = (known.eni(), known.invocations + 1);
            let choice = Choice::Reuse { environment, eni, nth };
            let decision = self.journal.draft(now, invocation.cause.clone(), choice, Vec::new());
            self.journal.keep(decision);
            invocation.environment = environment;
            self.permit(function);
            self.invocations.insert(request, invocation);
            self.deliver(now, request, environment, out);
            return Ok(());
        }
        let wanted = Wanted {
            request,
            function,
            version,
            cause: invocation.cause.clone(),
            role: invocation.role,
            passed_over: Vec::new(),
        };
        match self.start_environment(now, wanted, out) {
            Ok(environment) => invocation.environment = environment,
            Err(refusal) => {
                self.end_trail(now, trail, refusal.exception());
                return Err(refusal);
            }
        }
        self.permit(function);
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = Some(invocation.environment);
            trail.started = true;
        }
        self.invocations.insert(request, invocation);
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

    fn permit(&mut self, function: FunctionId) {
        let live = self.live.get_mut(&function).expect("it was asked whether it may");
        live.inflight += 1;
        let (scope, reserved) = (live.scope, live.reserved);
        let used = &mut self.scopes.used[scope];
        used.inflight += 1;
        used.in_reserved += u32::from(reserved.is_some());
    }

    fn give_back_permit(&mut self, function: FunctionId) {
        let live = self.live.get_mut(&function).expect("a permit was taken from it");
        live.inflight -= 1;
        let used = &mut self.scopes.used[live.scope];
        used.inflight -= 1;
        used.in_reserved -= u32::from(live.reserved.is_some());
        self.forget_if_gone(function);
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
        let is_again = matches!(environment.phase, Phase::Init { again: true, .. });
        environment.phase = Phase::Busy(request);
        environment.since = now;
        environment.invocations += 1;
        environment.last = Some(request);
        // An init that was done again has used up some of the invocation's time.
        let limit =
            environment.due.filter(|_| is_again).unwrap_or(now + environment.limits.timeout);
        let function = environment.function;
        if environment.falls_due(limit) {
            self.timers.look(id, limit);
        }
        let invocation = self.invocations.get_mut(&request).expect("an environment's is there");
        invocation.delivered = Some(now);
        let trail = invocation.trail;
        let delivery = Delivery {
            environment: id,
            request,
            payload: invocation.payload,
            deadline: limit,
            qualifier: invocation.qualifier,
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
        let Some(environment) = known.filter(|each| each.phase == Phase::Busy(request)) else {
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
        self.end(now, request, Ending::Ran(result), out);
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
        let line = LogLine::Report {
            request,
            duration: account.duration,
            memory: environment.limits.memory,
            memory_peak: account.memory_peak,
            init: environment.init.take(),
            status: account.status.map(Box::new),
        };
        let of = |line| LogEvent { at: now, function: environment.function, environment: id, line };
        out.push(Effect::Log(of(LogLine::End(request))));
        out.push(Effect::Log(of(line)));
    }

    /// Ends an invocation: one answer, or what becomes of its asynchronous event.
    pub(crate) fn end(&mut self, now: Time, request: RequestId, ending: Ending, out: &mut Effects) {
        let invocation = self.invocations.remove(&request).expect("an invocation ends once");
        self.give_back_permit(invocation.function);
        self.end_trail(now, invocation.trail, ending.word());
        let Some(caller) = invocation.caller else {
            return self.event_ended(now, request, ending, out);
        };
        out.push(Effect::Release(invocation.payload));
        out.push(match ending {
            Ending::Refused(refusal) => Effect::Respond(caller, Box::new(Err(refusal))),
            Ending::Ran(result) => {
                let (version, environment) = (invocation.version, invocation.environment);
                let (version, environment) = (Some(version), Some(environment));
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
    pub(crate) fn timed_out(&mut self, now: Time, request: RequestId, out: &mut Effects) {
        let Some(invocation) = self.invocations.get(&request) else { return };
        let id = invocation.environment;
        let environment = &self.environments[&id];
        let limit = environment.limits.timeout;
        let memory_peak = environment.memory_peak;
        let result = match environment.phase {
            Phase::Busy(_) => InvokeResult::TimedOut(limit),
            Phase::Init { .. } | Phase::Resetting(_) | Phase::Idle | Phase::Reaping => {
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
        self.end(now, request, Ending::Ran(result), out);
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
        let waiting = self.environments.get(&id).and_then(|environment| environment.request());
        let error_type = error_type.unwrap_or_else(|| "Runtime.Unknown".into());
        let spent = (stages.runtime, Status::Error(error_type.clone()));
        match waiting {
            Some(request) if !self.init_again(now, id, spent, out) => {
                let status = Some(Status::Error(error_type));
                self.failed(now, request, id, (status, InvokeResult::Error(payload)), out);
            }
            Some(_) | None => out.push(Effect::Release(payload)),
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
        let Some(invocation) = self.invocations.get(&request) else { return };
        let began = match invocation.delivered {
            Some(delivered) => delivered,
            None => {
                self.log(now, id, LogLine::Start(request), out);
                self.environments[&id].since
            }
        };
        let memory_peak = self.environments[&id].memory_peak;
        self.report(now, request, id, Account { duration: now - began, status, memory_peak }, out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, request, Ending::Ran(result), out);
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
        let (request, eni) = (environment.request(), environment.own_eni());
        self.reap(now, id, Cause::Failure(id), out);
        let Some(request) = request else { return };
        let invocation = self.invocations.get_mut(&request).expect("an environment's is there");
        let mut refusal = Refusal::InvokeNodeFailed(text.clone());
        if let Some(eni) = eni {
            invocation.passed_over.push(PassedOver::EniFailed(eni, text));
            let invocation = invocation.clone();
            let subnets = self.subnets_of(invocation.function, invocation.version);
            if invocation.passed_over.len() < subnets {
                let wanted = Wanted {
                    request,
                    function: invocation.function,
                    version: invocation.version,
                    cause: invocation.cause.clone(),
                    role: invocation.role,
                    passed_over: invocation.passed_over.clone(),
                };
                match self.start_environment(now, wanted, out) {
                    Ok(environment) => {
                        let invocation = self.invocations.get_mut(&request);
                        let invocation = invocation.expect("it was just found");
                        invocation.environment = environment;
                        let trail = invocation.trail;
                        self.note_environment(trail, environment);
                        return;
                    }
                    Err(other) => refusal = other,
                }
            }
        }
        self.end(now, request, Ending::Refused(refusal), out);
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
        for (id, live) in self.live.iter() {
            let running = self.invocations.values().filter(|each| each.function == *id).count();
            assert_eq!(live.inflight as usize, running, "permits of {id:?}");
            scopes[live.scope].0 += live.inflight;
            scopes[live.scope].1 += if live.reserved.is_some() { live.inflight } else { 0 };
        }
        for (used, counted) in self.scopes.used.iter().zip(scopes) {
            assert_eq!((used.inflight, used.in_reserved), counted, "permits of a scope");
            assert_eq!(used.reserved_sum, used.reserved.values().sum::<u32>(), "reserved");
        }
        for (request, invocation) in self.invocations.iter() {
            let environment = &self.environments[&invocation.environment];
            assert_eq!(environment.request(), Some(*request), "{request} and its environment");
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
