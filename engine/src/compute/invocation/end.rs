//! Ends of invocations: answered, failed, timed out, or not run at all.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;

use crate::base::id::{EniId, EnvironmentId, FunctionId, PayloadId, RequestId, Version};
use crate::compute::Compute;
use crate::compute::environment::Phase;
use crate::compute::environment::start::Wanted;
use crate::compute::invocation::{Account, Concluded, Ending, Invocation, Of, Ran};
use crate::cx::Cx;
use crate::effect::{Effect, EffectSink, InvokeRefusal, InvokeResult, Invoked, LogLine, Status};
use crate::network::Network;
use crate::node::{Exit, Failure, FailureKind, Outcome, Stages};
use crate::record::decision::{Cause, PassedOver};

impl Compute {
    /// The node says that an invocation is answered.
    // In line: see `hot`.
    #[inline(always)]
    pub(crate) fn finished(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        ran: Ran,
        outcome: Outcome,
    ) {
        let Ran { environment: id, request, memory_peak, duration, asks } = ran;
        let known = self.environments.slot(&id).map(|slot| (slot, self.environments.at_mut(slot)));
        let Some((slot, environment)) = known.filter(|(_, each)| each.is_busy_with(request)) else {
            // It was too late: the invocation has timed out.
            if let Outcome::Response { payload, .. } | Outcome::Error { payload, .. } = outcome {
                cx.out.push(Effect::Release(payload));
            }
            return;
        };
        environment.peaks_at(memory_peak);
        let result = match outcome {
            Outcome::Response { payload, .. } => InvokeResult::Response(payload),
            Outcome::Error { payload, .. } => InvokeResult::Error(payload),
            Outcome::TooLarge(length) => InvokeResult::TooLarge(length),
        };
        if !asks {
            return self.answered(&mut cx.any(), request, slot, result);
        }
        let environment = self.environments.at_mut(slot);
        environment.report(request, Account { at: cx.now, duration, status: None }, &mut cx.out);
        self.rest(cx, slot);
        self.end(cx, request, slot, Ending::Ran(result));
    }

    /// Ends an environment's invocation, which gives its permit back.
    // In line: see `hot`.
    #[inline(always)]
    pub(crate) fn end(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        request: RequestId,
        slot: u32,
        ending: Ending,
    ) {
        let environment = self.environments.at_mut(slot);
        let invocation = environment.take_invocation();
        let (id, home, version) = (environment.id(), environment.home(), environment.version());
        self.give_back_permit(cx, home, version);
        self.conclude(cx, Concluded { request, version, environment: id, invocation }, ending);
    }

    /// Concludes an invocation: one answer, or what becomes of its asynchronous event.
    // In line: see `hot`.
    #[inline(always)]
    pub(super) fn conclude(
        &mut self,
        cx: &mut Cx<'_, impl EffectSink>,
        concluded: Concluded,
        ending: Ending,
    ) {
        let Concluded { request, version, environment, invocation } = concluded;
        let Invocation { caller, payload: event, trail, detail } = invocation;
        cx.end_trail(trail, Some(environment), ending.word());
        if detail.is_some_and(|detail| detail.attempt > 0) {
            return self.event_ended(&mut cx.any(), (request, version), ending);
        }
        match ending {
            Ending::Refused(refusal) => {
                cx.out.push(Effect::Release(event));
                cx.out.push(Effect::Refused(caller, Box::new(refusal)));
            }
            Ending::Ran(result) => {
                let invoked = Invoked { request, version, environment, event, result };
                cx.out.invoked(caller, invoked);
            }
        }
    }

    /// An invocation whose time is up; its runtime is not used again, nor is its environment where
    /// that was in its init.
    pub(crate) fn timed_out(&mut self, cx: &mut Cx<'_>, id: EnvironmentId, request: RequestId) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let environment = self.environments.at(slot);
        let limit = environment.timeout();
        let is_busy = environment.phase() == Phase::Busy;
        let result = match environment.phase() {
            Phase::Busy => InvokeResult::TimedOut(limit),
            Phase::Init
            | Phase::InitAgain
            | Phase::Resetting
            | Phase::Idle
            | Phase::Answered
            | Phase::Reaping => {
                let status = Status::Timeout;
                let line = LogLine::InitReport { duration: limit, status, phase: "invoke" };
                self.log(cx, id, line);
                self.log(cx, id, LogLine::Start(request));
                InvokeResult::InitTimedOut(limit)
            }
        };
        let account = Account { at: cx.now, duration: limit, status: Some(Status::Timeout) };
        self.environments.at_mut(slot).report(request, account, &mut cx.out);
        self.give_up_runtime(cx, id, is_busy);
        self.end(cx, request, slot, Ending::Ran(result));
    }

    /// A runtime has failed: its environment stays where its init went well, and is reaped else.
    fn give_up_runtime(&mut self, cx: &mut Cx<'_>, id: EnvironmentId, was_busy: bool) {
        match was_busy {
            true => self.reset(cx, id),
            false => self.reap(cx, id, Cause::Failure(id)),
        }
    }

    /// The process ended in the midst of an invocation, or in its second init.
    pub(crate) fn died(
        &mut self,
        cx: &mut Cx<'_>,
        request: RequestId,
        id: EnvironmentId,
        exit: Exit,
    ) {
        let status = Some(Status::Error(exit.error_type().into()));
        self.failed(cx, request, id, status, InvokeResult::Died(exit));
    }

    /// An init failed with a document of its own.
    pub(crate) fn init_failed(
        &mut self,
        cx: &mut Cx<'_>,
        id: EnvironmentId,
        payload: PayloadId,
        error_type: Option<String>,
        stages: Stages,
    ) {
        let Some(environment) = self.environments.get(&id) else {
            return cx.out.push(Effect::Release(payload));
        };
        let (phase, waiting) = (environment.phase(), environment.request());
        let is_in_init = environment.is_in_init();
        let error_type = error_type.unwrap_or_else(|| "Runtime.Unknown".into());
        // Told of a life that was ended meanwhile.
        if !is_in_init {
            return cx.out.push(Effect::Release(payload));
        }
        let status = Status::Error(error_type.clone());
        match waiting {
            Some(request) if !self.init_again(cx, id, stages.runtime, status) => {
                let status = Some(Status::Error(error_type));
                self.failed(cx, request, id, status, InvokeResult::Error(payload));
            }
            Some(_) | None => cx.out.push(Effect::Release(payload)),
        }
        if waiting.is_none() && phase == Phase::Init {
            self.reap(cx, id, Cause::Failure(id));
        }
    }

    fn failed(
        &mut self,
        cx: &mut Cx<'_>,
        request: RequestId,
        id: EnvironmentId,
        status: Option<Status>,
        result: InvokeResult,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let environment = self.environments.at(slot);
        let (phase, since) = (environment.phase(), environment.since());
        if phase != Phase::Busy {
            self.log(cx, id, LogLine::Start(request));
        }
        let account = Account { at: cx.now, duration: cx.now - since, status };
        self.environments.at_mut(slot).report(request, account, &mut cx.out);
        self.give_up_runtime(cx, id, phase == Phase::Busy);
        self.end(cx, request, slot, Ending::Ran(result));
    }

    /// An environment could not be built: the next subnet is tried, while there is one.
    pub(crate) fn start_failed(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: EnvironmentId,
        failure: Failure,
    ) {
        let Some(slot) = self.environments.slot(&id) else { return };
        let environment = self.environments.at(slot);
        if environment.waits_for_room() {
            return;
        }
        let eni = environment.own_eni();
        let (function, version, home) =
            (environment.function(), environment.version(), environment.home());
        let request = environment.request();
        if failure.kind == FailureKind::Room && request.is_some() && self.make_room_for(cx, id) {
            return;
        }
        self.reap(cx, id, Cause::Failure(id));
        let Some(request) = request else { return };
        if failure.kind == FailureKind::Code {
            return self.end(cx, request, slot, Ending::Refused(InvokeRefusal::NoCode));
        }
        let mut refusal = InvokeRefusal::NodeFailed(failure.text.clone());
        if let Some(eni) = eni {
            let of = Of { request, function, version, home };
            match self.start_again(cx, network, id, of, eni, failure.text) {
                Ok(true) => return,
                Ok(false) => {}
                Err(other) => refusal = other,
            }
        }
        self.end(cx, request, slot, Ending::Refused(refusal));
    }

    /// Starts another environment for an invocation whose first could not be built, if there is a
    /// further subnet; answers whether it did.
    fn start_again(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: EnvironmentId,
        of: Of,
        eni: EniId,
        text: String,
    ) -> Result<bool, InvokeRefusal> {
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
                self.start_environment(cx, network, wanted).map(Some)
            }
            false => Ok(None),
        };
        let Ok(Some(next)) = started else {
            self.environments.at_mut(slot).give(of.request, invocation);
            return started.map(|_| false);
        };
        if let Some(trail) = cx.journal.trail_mut(invocation.trail) {
            trail.environment = next;
        }
        self.note_asker(next, &invocation);
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
        for each in self.environments.values().filter(|each| each.is_taken()) {
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
                environment.id()
            );
            let is_listed =
                self.live.at(environment.home()).rest.answered.contains(&environment.id());
            let has_answered = environment.phase() == Phase::Answered;
            assert_eq!(is_listed, has_answered, "{} and its answer", environment.id());
            assert_eq!(environment.story().after.is_some(), has_answered);
        }
    }
}
