//! Invocations: each gets a permit and an environment, and ends in one answer.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{CallerId, EniId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::base::limits::{KeepAlive, USED_STALE};
use crate::base::time::Time;
use crate::compute::environment::{Environment, Phase, Wanted};
use crate::effect::{
    Effect, EffectSink, InvokeResult, Invoked, LogLine, Refusal, Status, Throttle,
};
use crate::engine::Engine;
use crate::input::{Invoke, InvokeKind, Target};
use crate::node::{Delivery, EventContext, Exit, Outcome, Stages};
use crate::record::decision::{Cause, Choice, PassedOver};
use crate::record::function::{Function, RoleVerdict};
use crate::record::{Change, Record};

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
    pub(crate) context: Option<Box<EventContext>>,
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
    pub(crate) at: Time,
    pub(crate) duration: Duration,
    pub(crate) status: Option<Status>,
}

impl Engine {
    // In line, as the step is.
    #[inline(always)]
    pub(crate) fn invoke(&mut self, now: Time, invoke: Invoke, out: &mut impl EffectSink) {
        let found = match self.known_invokable(now, &invoke) {
            Some(found) => Ok(found),
            None => self.may_invoke(now, &invoke, out),
        };
        let (function, home) = match found {
            Ok(found) => found,
            Err(refusal) => return refuse(&invoke, refusal, out),
        };
        if invoke.kind == InvokeKind::Async {
            let request = RequestId::random(&mut self.random);
            return self.accept_event(now, request, function, invoke, out);
        }
        let request = RequestId::numbered(self.journal.next());
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

    /// The function, and the slot of what it has, if it is known from before that it can be invoked.
    // In line, as the step is.
    #[inline(always)]
    fn known_invokable(&self, now: Time, invoke: &Invoke) -> Option<(FunctionId, u32)> {
        let id = self.named(&invoke.function)?;
        let home = self.live.slot(&id)?;
        let live = self.live.at(home);
        let is_latest = invoke.qualifier.is_none_or(|version| version == Version(0));
        (is_latest && live.is_invokable && now <= live.used + USED_STALE).then_some((id, home))
    }

    #[inline]
    fn named(&self, target: &Target) -> Option<FunctionId> {
        match target {
            Target::Known(id) => Some(*id),
            Target::Named(named) => self.functions.names.get(&named.0)?.get(&named.1).copied(),
        }
    }

    /// Whether the function is there and in a state to be invoked.
    #[inline(never)]
    fn may_invoke(
        &mut self,
        now: Time,
        invoke: &Invoke,
        out: &mut dyn EffectSink,
    ) -> Result<(FunctionId, u32), Refusal> {
        let id = self.named(&invoke.function);
        let version = invoke.qualifier.unwrap_or(Version(0));
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
    fn mark_used(&mut self, now: Time, function: FunctionId, out: &mut dyn EffectSink) {
        if now - self.functions.by_id[&function].used > USED_STALE {
            let function: &mut Function =
                self.functions.get_mut(&function).expect("it was just found");
            function.used = now;
            let record = Record::Function(Box::new(function.clone()));
            self.persist(Vec::from([Change::Put(Box::new(record))]), out);
        }
    }

    /// Gives an invocation a permit and an environment, idle or new.
    #[inline]
    pub(crate) fn run(
        &mut self,
        now: Time,
        of: Of,
        invocation: Invocation,
        out: &mut impl EffectSink,
    ) -> Result<(), Refusal> {
        if let Err((throttle, limit)) = self.may_run(of.home) {
            return Err(self.throttle(now, of, &invocation, (throttle, limit)));
        }
        self.stirs(now, of.function, of.version, invocation.role());
        let idle = &mut self.live.at_mut(of.home).of(of.version).idle;
        match idle.take_newest(&mut self.idle_links) {
            Some(slot) => {
                self.reuse(now, (of, slot), invocation, out);
                Ok(())
            }
            None => self.run_in_new(now, of, invocation, out),
        }
    }

    /// The trail of an invocation: the one that its earlier attempt began, or its own.
    fn trail_of(&mut self, now: Time, of: Of, invocation: &Invocation) -> u64 {
        let resumed = match invocation.attempt() {
            2.. => self.journal.resumed(of.request),
            _ => None,
        };
        resumed.unwrap_or_else(|| self.journal.begin(now, of.request, of.function).0)
    }

    /// Notes that an invocation may not run, and answers why.
    #[inline(never)]
    fn throttle(
        &mut self,
        now: Time,
        of: Of,
        invocation: &Invocation,
        (throttle, limit): (Throttle, u32),
    ) -> Refusal {
        let refusal = Refusal::Throttled(throttle);
        let trail = self.trail_of(now, of, invocation);
        self.end_trail(now, trail, refusal.exception());
        let choice = Choice::Refuse(refusal.exception().into());
        let over = Vec::from([PassedOver::Concurrency(limit)]);
        let decision = self.journal.draft(now, invocation.cause(of), choice, over);
        self.journal.keep(decision);
        refusal
    }

    /// Starts an environment for an invocation.
    #[inline(never)]
    fn run_in_new(
        &mut self,
        now: Time,
        of: Of,
        mut invocation: Invocation,
        out: &mut dyn EffectSink,
    ) -> Result<(), Refusal> {
        let Of { request, function, version, home } = of;
        let trail = self.trail_of(now, of, &invocation);
        invocation.trail = trail;
        let wanted = Wanted {
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
        self.give(environment, request, invocation);
        Ok(())
    }

    /// Gives an invocation to an environment that was idle.
    #[inline]
    fn reuse(
        &mut self,
        now: Time,
        (of, slot): (Of, u32),
        mut invocation: Invocation,
        out: &mut impl EffectSink,
    ) {
        self.leaves_idle(slot);
        self.permit(of.home, of.version);
        let known = self.environments.at_mut(slot);
        if let Some(detail) = &invocation.detail
            && detail.attempt > 1
            && let Some(trail) = self.journal.resumed(of.request)
        {
            let (environment, eni) = (known.id, known.eni());
            let choice = Choice::Reuse { environment, eni, nth: known.invocations() + 1 };
            let decision = self.journal.draft(now, invocation.cause(of), choice, Vec::new());
            self.journal.keep(decision);
            invocation.trail = trail;
        } else {
            let id = self.journal.number();
            let (number, trail) = self.journal.begin(now, of.request, of.function);
            let reuse = &mut trail.reuse;
            (reuse.id, reuse.eni) = (id, known.eni().map_or(0, |eni| eni.0));
            (reuse.nth, reuse.attempt) = (known.invocations() as u32 + 1, invocation.attempt());
            if let Some(detail) = &invocation.detail
                && !detail.by.is_empty()
            {
                reuse.by = Some(detail.by.as_str().into());
            }
            invocation.trail = number;
        }
        known.give(of.request, invocation);
        self.deliver(now, of.request, slot, out);
    }

    /// Whether one more invocation may run; else what is exhausted, and at which number.
    // In line, as the step is.
    #[inline(always)]
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

    // In line, as the step is.
    #[inline(always)]
    fn permit(&mut self, home: u32, version: Version) {
        let live = self.live.at_mut(home);
        live.inflight += 1;
        live.of(version).permits += 1;
        let used = self.scopes.of(live.scope);
        used.inflight += 1;
        used.in_reserved += u32::from(live.reserved.is_some());
    }

    // In line, as the step is.
    #[inline(always)]
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

    fn give(&mut self, environment: EnvironmentId, request: RequestId, invocation: Invocation) {
        let environment = self.environments.get_mut(&environment).expect("it was just started");
        environment.give(request, invocation);
    }

    fn note_environment(&mut self, trail: u64, environment: EnvironmentId) {
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = environment;
        }
    }

    /// Gives an environment the event of its invocation.
    #[inline]
    pub(crate) fn deliver(
        &mut self,
        now: Time,
        request: RequestId,
        slot: u32,
        out: &mut impl EffectSink,
    ) {
        let environment = self.environments.at_mut(slot);
        let id = environment.id;
        let limit = environment.begin(now);
        if environment.wants_look(limit) {
            self.timers.look(id, limit);
        }
        let (payload, trail) = (environment.payload, environment.trail);
        let version = environment.version();
        let detail = environment.detail();
        let is_qualified = detail.as_ref().is_some_and(|detail| detail.is_qualified);
        // An invocation is delivered once.
        let context = detail.and_then(|detail| detail.context.take());
        if let Some(trail) = self.journal.trail_mut(trail) {
            trail.environment = id;
            trail.delivered = now;
        }
        out.deliver(Delivery {
            environment: id,
            request,
            payload,
            deadline: limit,
            qualifier: is_qualified.then_some(version),
            context,
        });
    }

    /// The node says that an invocation is answered.
    // In line, as the step is.
    #[inline(always)]
    pub(crate) fn finished(
        &mut self,
        now: Time,
        (id, request): (EnvironmentId, RequestId),
        outcome: Outcome,
        (memory_peak, duration): (u64, Duration),
        out: &mut impl EffectSink,
    ) {
        let known = self.environments.slot(&id).map(|slot| (slot, self.environments.at_mut(slot)));
        let Some((slot, environment)) = known.filter(|(_, each)| each.is_busy_with(request)) else {
            // It was too late: the invocation has timed out.
            if let Outcome::Response { payload, .. } | Outcome::Error { payload, .. } = outcome {
                out.push(Effect::Release(payload));
            }
            return;
        };
        environment.peaks_at(memory_peak);
        environment.report(request, Account { at: now, duration, status: None }, out);
        let result = match outcome {
            Outcome::Response { payload, .. } => InvokeResult::Response(payload),
            Outcome::Error { payload, .. } => InvokeResult::Error(payload),
            Outcome::TooLarge(length) => InvokeResult::TooLarge(length),
        };
        self.rest(now, slot, out);
        self.end(now, (request, slot), Ending::Ran(result), out);
    }

    /// Ends an environment's invocation: one answer, or what becomes of its asynchronous event.
    // In line, as the step is.
    #[inline(always)]
    pub(crate) fn end(
        &mut self,
        now: Time,
        (request, slot): (RequestId, u32),
        ending: Ending,
        out: &mut impl EffectSink,
    ) {
        let environment = self.environments.at_mut(slot);
        let Invocation { caller, payload: event, trail, detail } = environment.take_invocation();
        let (id, home, version) = (environment.id, environment.home, environment.version());
        self.give_back_permit(now, home, version);
        self.end_trail(now, trail, ending.word());
        if detail.is_some_and(|detail| detail.attempt > 0) {
            return self.event_ended(now, request, ending, out);
        }
        match ending {
            Ending::Refused(refusal) => {
                out.push(Effect::Release(event));
                out.push(Effect::Respond(caller, Box::new(Err(refusal))));
            }
            Ending::Ran(result) => {
                let invoked = Invoked { request, version, environment: id, event, result };
                out.invoked(caller, invoked);
            }
        }
    }

    #[inline]
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
        mut out: &mut dyn EffectSink,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let environment = self.environments.at(slot);
        let limit = environment.timeout();
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
        let account = Account { at: now, duration: limit, status: Some(Status::Timeout) };
        self.environments.at_mut(slot).report(request, account, &mut out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, (request, slot), Ending::Ran(result), &mut out);
    }

    /// The process ended in the midst of an invocation, or in its second init.
    pub(crate) fn died(
        &mut self,
        now: Time,
        request: RequestId,
        id: EnvironmentId,
        exit: Exit,
        out: &mut dyn EffectSink,
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
        out: &mut dyn EffectSink,
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
        mut out: &mut dyn EffectSink,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let Environment { phase, since, .. } = *self.environments.at(slot);
        if phase != Phase::Busy {
            self.log(now, id, LogLine::Start(request), out);
        }
        let account = Account { at: now, duration: now - since, status };
        self.environments.at_mut(slot).report(request, account, &mut out);
        self.reap(now, id, Cause::Failure(id), out);
        self.end(now, (request, slot), Ending::Ran(result), &mut out);
    }

    /// An environment could not be built: the next subnet is tried, while there is one.
    pub(crate) fn start_failed(
        &mut self,
        now: Time,
        id: EnvironmentId,
        text: String,
        mut out: &mut dyn EffectSink,
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
        self.end(now, (request, slot), Ending::Refused(refusal), &mut out);
    }

    /// Starts another environment for an invocation whose first could not be built, if there is a
    /// further subnet; answers whether it did.
    fn start_again(
        &mut self,
        now: Time,
        id: EnvironmentId,
        of: Of,
        (eni, text): (EniId, String),
        out: &mut dyn EffectSink,
    ) -> Result<bool, Refusal> {
        let subnets = self.subnets_of(of.function, of.version);
        let slot = self.environments.slot(&id).expect("it is being reaped");
        let mut invocation = self.environments.at_mut(slot).take_invocation();
        let passed_over = &mut invocation.detail.get_or_insert_default().passed_over;
        passed_over.push(PassedOver::EniFailed(eni, text));
        let passed_over = passed_over.clone();
        let started = match passed_over.len() < subnets {
            true => {
                let Of { function, version, .. } = of;
                let (cause, role) = (invocation.cause(of), invocation.role());
                let wanted = Wanted { function, version, cause, role, passed_over };
                self.start_environment(now, wanted, out).map(Some)
            }
            false => Ok(None),
        };
        let Ok(Some(next)) = started else {
            self.environments.at_mut(slot).give(of.request, invocation);
            return started.map(|_| false);
        };
        self.note_environment(invocation.trail, next);
        self.give(next, of.request, invocation);
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
        for each in self.environments.values().filter(|each| each.has_invocation()) {
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
                environment.has_invocation(),
                "{} and its invocation",
                environment.id
            );
        }
    }
}

/// Answers an invocation that is not run.
#[inline(never)]
fn refuse(invoke: &Invoke, refusal: Refusal, out: &mut dyn EffectSink) {
    out.push(Effect::Release(invoke.payload));
    out.push(Effect::Respond(invoke.caller, Box::new(Err(refusal))));
}

impl Ending {
    /// How it ended, in a word.
    #[inline]
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
