//! After the answer: an environment is busy until its runtime asks for the next event. What it
//! does until then is its own: whoever called has the answer.

use alloc::boxed::Box;

use crate::base::id::{EnvironmentId, RequestId};
use crate::base::limits::LINGER;
use crate::compute::Compute;
use crate::compute::environment::story::After;
use crate::compute::environment::{Environment, Phase};
use crate::compute::invocation::run::note_reuse;
use crate::compute::invocation::{Account, Concluded, Ending, Invocation, Of, Ran};
use crate::cx::Cx;
use crate::effect::{Effect, InvokeRefusal, InvokeResult, Status};
use crate::network::Network;

impl Compute {
    /// An environment has answered and not asked for its next event: the answer goes out, and the
    /// environment keeps its permit.
    #[inline(never)]
    pub(super) fn answered(
        &mut self,
        cx: &mut Cx<'_>,
        request: RequestId,
        slot: u32,
        result: InvokeResult,
    ) {
        let environment = self.environments.at_mut(slot);
        let (delivered, limit) = (environment.since(), environment.due(cx.limits.keep_alive));
        environment.story_mut().after = Some(Box::new(After { request, delivered, limit }));
        environment.enter(cx.now, Phase::Answered);
        let (id, home, version) = (environment.id(), environment.home(), environment.version());
        let invocation = environment.take_invocation();
        self.live.at_mut(home).rest.answered.push(id);
        self.set_due(cx, id, limit);
        let concluded = Concluded { request, version, environment: id, invocation };
        self.conclude(cx, concluded, Ending::Ran(result));
    }

    /// An invocation waits for an environment that has just answered: most ask for their next event
    /// at once, and who calls again after each answer is to find the same one. Given back where
    /// there is none.
    #[inline(never)]
    pub(super) fn run_soon(
        &mut self,
        cx: &mut Cx<'_>,
        of: Of,
        mut invocation: Invocation,
    ) -> Result<(), Invocation> {
        let now = cx.now;
        let free = |each: &&Environment| {
            each.version() == of.version
                && !each.is_superseded()
                && !each.has_invocation()
                && now < each.since() + LINGER
        };
        let answered = &self.live.at(of.home).rest.answered;
        let mut known = answered.iter().filter_map(|id| self.environments.get(id));
        let Some(id) = known.find(free).map(Environment::id) else { return Err(invocation) };
        invocation.trail = Compute::trail_of(cx, of, &invocation);
        let environment = self.environments.get_mut(&id).expect("it was just found");
        environment.give(of.request, invocation);
        let limit = environment.story().after.as_ref().map_or(now, |after| after.limit);
        let end = (environment.since() + LINGER).min(limit);
        self.set_due(cx, id, end);
        Ok(())
    }

    /// The runtime that has answered asks for its next event: only now its invocation is over.
    pub(crate) fn asks_again(&mut self, cx: &mut Cx<'_>, network: &mut Network, ran: Ran) {
        let Ran { environment: id, request, memory_peak, duration, .. } = ran;
        let Some(slot) = self.environments.slot(&id) else { return };
        let environment = self.environments.at_mut(slot);
        if environment.story().after.as_ref().is_none_or(|after| after.request != request) {
            return;
        }
        environment.peaks_at(memory_peak);
        environment.report(request, Account { at: cx.now, duration, status: None }, &mut cx.out);
        let (function, version) = (environment.function(), environment.version());
        if environment.has_invocation()
            && !environment.is_superseded()
            && !(network.has_failed_plans() && self.is_closed(network, function, version))
        {
            return self.go_on(cx, slot);
        }
        let waiting = self.is_over(slot);
        self.rest(cx, slot);
        self.give_up_permit(cx, slot);
        self.run_elsewhere(cx, network, waiting);
    }

    /// What comes after an answer has come to its end, or to that of another's waiting for it.
    pub(crate) fn answer_is_due(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: EnvironmentId,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let after = self.environments.at(slot).story().after.as_ref();
        let limit = after.expect("it has answered").limit;
        if limit <= cx.now {
            return self.failed_after_answer(cx, network, id, Status::Timeout);
        }
        let waiting = self.take_waiting(slot);
        self.set_due(cx, id, limit);
        self.run_elsewhere(cx, network, waiting);
    }

    /// An environment has failed after its answer, which stands: that costs this runtime alone.
    pub(crate) fn failed_after_answer(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        id: EnvironmentId,
        status: Status,
    ) {
        let slot = self.environments.slot(&id).expect("the caller has it");
        let environment = self.environments.at_mut(slot);
        let after = environment.story().after.as_ref().expect("it has answered");
        let (request, delivered) = (after.request, after.delivered);
        let duration = match status {
            Status::Timeout => environment.timeout(),
            Status::Error(_) => cx.now - delivered,
        };
        let account = Account { at: cx.now, duration, status: Some(status) };
        environment.report(request, account, &mut cx.out);
        let waiting = self.is_over(slot);
        self.reset(cx, id);
        self.give_up_permit(cx, slot);
        self.run_elsewhere(cx, network, waiting);
    }

    /// The invocation that waits for an environment gets it, and the permit that this one has.
    fn go_on(&mut self, cx: &mut Cx<'_>, slot: u32) {
        let (of, mut invocation) = self.is_over(slot).expect("the caller saw it");
        let environment = self.environments.at_mut(slot);
        invocation.trail = note_reuse(cx, of, environment, &invocation);
        environment.give(of.request, invocation);
        self.deliver(cx, of.request, slot);
    }

    /// An environment is done with what it has answered; returns who waited for that.
    fn is_over(&mut self, slot: u32) -> Option<(Of, Invocation)> {
        let waiting = self.take_waiting(slot);
        let environment = self.environments.at_mut(slot);
        environment.story_mut().after = None;
        let (id, home) = (environment.id(), environment.home());
        self.live.at_mut(home).rest.answered.retain(|other| *other != id);
        waiting
    }

    fn take_waiting(&mut self, slot: u32) -> Option<(Of, Invocation)> {
        let environment = self.environments.at_mut(slot);
        if !environment.has_invocation() {
            return None;
        }
        let of = Of {
            request: environment.last()?,
            function: environment.function(),
            version: environment.version(),
            home: environment.home(),
        };
        Some((of, environment.take_invocation()))
    }

    fn give_up_permit(&mut self, cx: &mut Cx<'_>, slot: u32) {
        let environment = self.environments.at(slot);
        let (home, version) = (environment.home(), environment.version());
        self.give_back_permit(cx, home, version);
    }

    /// Runs an invocation that has waited in vain.
    fn run_elsewhere(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        waiting: Option<(Of, Invocation)>,
    ) {
        let Some((of, invocation)) = waiting else { return };
        let (caller, payload, trail) = (invocation.caller, invocation.payload, invocation.trail);
        let is_event = invocation.attempt() > 0;
        let function = self.functions.by_id.get(&of.function);
        let is_there = function.is_some_and(|known| known.configuration(of.version).is_some());
        let outcome = match is_there {
            true => self.run_at_once(cx, network, of, invocation),
            false => {
                let refusal = InvokeRefusal::FunctionGone;
                cx.end_trail(trail, None, refusal.exception());
                Err(refusal)
            }
        };
        match outcome {
            Ok(()) => {}
            Err(refusal) if is_event => {
                self.event_ended(cx, (of.request, of.version), Ending::Refused(refusal))
            }
            Err(refusal) => {
                cx.out.push(Effect::Release(payload));
                cx.out.push(Effect::Refused(caller, Box::new(refusal)));
            }
        }
    }
}
