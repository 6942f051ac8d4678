//! What becomes of asynchronous events: attempts, waits, the end.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{CallerId, FunctionId, RequestId, Version};
use crate::base::limits::{EVENT_BACKOFF, EVENT_BACKOFF_MOST, HOPS};
use crate::base::timer::Timer;
use crate::compute::Compute;
use crate::compute::event::Queued;
use crate::compute::invocation::{Detail, Ending, Invocation, Of};
use crate::cx::Cx;
use crate::effect::{Condition, Effect, InvokeRefusal, InvokeResult, Throttle};
use crate::input::Invoke;
use crate::network::Network;
use crate::node::EventContext;
use crate::record::decision::{Cause, Choice};
use crate::record::event::{Event, Qualifier};
use crate::record::function::{Function, RecursiveLoop};
use crate::record::{Change, Key, Record};
use crate::tickets::Waiting;

impl Compute {
    /// Takes an event: answered when it is durable, and run then.
    pub(crate) fn accept_event(
        &mut self,
        cx: &mut Cx<'_>,
        request: RequestId,
        function: FunctionId,
        invoke: Invoke,
    ) {
        if self.events.len() >= cx.limits.events_waiting {
            cx.out.push(Effect::Release(invoke.payload));
            let refusal = InvokeRefusal::Throttled(Throttle::Events);
            cx.out.push(Effect::Refused(invoke.caller, Box::new(refusal)));
            return;
        }
        let context = invoke.context.unwrap_or_default();
        let event = Event {
            request,
            function,
            qualifier: invoke.qualifier,
            payload: invoke.payload,
            length: invoke.length,
            came: cx.now,
            attempts: 0,
            again: None,
            client_context: context.client,
            role: invoke.role,
            by: invoke.by,
        };
        let record = Record::Event(event.clone());
        let is_loop = self.is_loop(function, context.hops);
        let queued = Queued { trace: context.trace, is_loop, ..Queued::restored(event) };
        self.events.insert(request, queued);
        let changes = Vec::from([Change::Put(Box::new(record))]);
        let waiting = Waiting::Event(invoke.caller, request);
        cx.tickets.persist_for(waiting, changes, &mut cx.out);
    }

    /// Tries to run an event that is due.
    pub(crate) fn event_is_due(
        &mut self,
        cx: &mut Cx<'_>,
        network: &mut Network,
        request: RequestId,
    ) {
        if self.events.get(&request).is_some_and(|queued| queued.ended.is_some()) {
            return self.tell_event(cx, request);
        }
        let Some(queued) = self.events.get(&request).filter(|queued| !queued.running) else {
            return;
        };
        let (is_loop, trace) = (queued.is_loop, queued.trace.clone());
        let event = queued.event.clone();
        let function = self.functions.by_id.get(&event.function);
        let (version, route) = match event.qualifier {
            None => (Version(0), None),
            Some(Qualifier::Version(version)) => (version, None),
            Some(Qualifier::Alias(alias)) => match self.aliases.route(alias, cx.random) {
                Some(route) => (route.version, Some(route)),
                None => return self.discard_event(cx, request, "deleted"),
            },
        };
        let found = function.and_then(|each| Some((each, each.configuration(version)?)));
        let Some((function, configuration)) = found else {
            return self.discard_event(cx, request, "deleted");
        };
        if is_loop {
            return self.give_up_event(cx, (request, version), Condition::RecursiveInvocation);
        }
        let age = self.event_invoke_of(&event).and_then(|config| config.age);
        let age = age.map_or(cx.limits.event_age, |age| Duration::from_secs(age.into()));
        if cx.now - event.came > age {
            return self.give_up_event(cx, (request, version), Condition::EventAgeExceeded);
        }
        if function.reserved == Some(0) {
            return self.give_up_event(cx, (request, version), Condition::ZeroReservedConcurrency);
        }
        if configuration.state.busy().is_some() {
            self.restore_network(cx, network, event.function);
            return self.back_off(cx, request);
        }
        let queued = self.events.get_mut(&request).expect("it was found");
        queued.running = true;
        let resumes = event.attempts > 0 || !queued.backoff.is_zero();
        let attempt = event.attempts + 1;
        let context =
            EventContext { client: event.client_context, trace, ..EventContext::default() };
        let context = (context != EventContext::default()).then_some(context);
        let detail = Detail {
            by: event.by.clone(),
            context: context.map(Box::new),
            attempt,
            resumes,
            is_qualified: route.is_none() && event.qualifier.is_some(),
            route,
            role: event.role,
            ..Detail::default()
        };
        let invocation = Invocation {
            caller: CallerId(0),
            payload: event.payload,
            trail: 0,
            detail: Some(Box::new(detail)),
        };
        let (function, home) = (event.function, self.home(event.function));
        let is_run = self.run(cx, network, Of { request, function, version, home }, invocation);
        let trail = cx.journal.resumed(request).and_then(|number| cx.journal.trail_mut(number));
        if let Some(trail) = trail.filter(|trail| trail.reuse.by.is_none() && !event.by.is_empty())
        {
            trail.reuse.by = Some(event.by.into());
        }
        if is_run.is_err() {
            self.back_off(cx, request);
        }
    }

    /// Puts an event back for a while that grows.
    fn back_off(&mut self, cx: &mut Cx<'_>, request: RequestId) {
        let queued = self.events.get_mut(&request).expect("the caller has it");
        queued.running = false;
        queued.backoff = (queued.backoff * 2).clamp(EVENT_BACKOFF, EVENT_BACKOFF_MOST);
        let due = cx.now + queued.backoff;
        cx.timers.set(Timer::Event(request), due);
    }

    /// An attempt has ended: done, or again after a while.
    pub(crate) fn event_ended(
        &mut self,
        cx: &mut Cx<'_>,
        (request, version): (RequestId, Version),
        ending: Ending,
    ) {
        let result = match ending {
            Ending::Refused(_) => {
                if self.events.contains_key(&request) {
                    self.back_off(cx, request);
                }
                return;
            }
            Ending::Ran(result) => result,
        };
        let has_failed = !matches!(result, InvokeResult::Response(_));
        let of = (request, version);
        let Some(queued) = self.events.get(&request) else {
            return self.conclude_event(cx, of, Condition::Success, 0, Some(result));
        };
        let attempts = queued.event.attempts;
        let waits = cx.limits.retry_waits;
        let config = self.event_invoke_of(&queued.event);
        let retries = config.and_then(|config| config.retries);
        let retries = retries.map_or(waits.len(), usize::from).min(waits.len());
        let condition = match has_failed {
            false => Some(Condition::Success),
            true if usize::from(attempts) >= retries => Some(Condition::RetriesExhausted),
            true => None,
        };
        if let Some(condition) = condition {
            return self.conclude_event(cx, of, condition, attempts + 1, Some(result));
        }
        if let InvokeResult::Error(payload) = result {
            cx.out.push(Effect::Release(payload));
        }
        let queued = self.events.get_mut(&request).expect("it was found");
        queued.running = false;
        queued.event.attempts += 1;
        let again = cx.now + waits[usize::from(attempts)];
        queued.event.again = Some(again);
        cx.timers.set(Timer::Event(request), again);
        let record = Record::Event(queued.event.clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }

    /// An event is not tried again, or not at all.
    fn give_up_event(
        &mut self,
        cx: &mut Cx<'_>,
        (request, version): (RequestId, Version),
        why: Condition,
    ) {
        let Some(queued) = self.events.get(&request) else { return };
        let Event { function, attempts, .. } = queued.event;
        // One that never ran has no trail yet.
        let trail = cx.journal.resumed(request);
        let trail = trail.unwrap_or_else(|| cx.journal.begin(cx.now, request, function).0);
        cx.end_trail(trail, None, why.word());
        let cause = Cause::Async { request, function, attempt: attempts + 1 };
        let choice = Choice::Refuse(format!("{}: {}", why.word(), reason(why)));
        let decision = cx.journal.draft(cx.now, cause, choice, Vec::new());
        cx.journal.keep(decision);
        self.conclude_event(cx, (request, version), why, attempts, None);
    }

    /// Whether an invocation is one too many of a chain that comes back to its function.
    pub(crate) fn is_loop(&self, function: FunctionId, hops: u32) -> bool {
        let terminates = |function: &Function| function.recursive_loop == RecursiveLoop::Terminate;
        hops >= HOPS && self.functions.by_id.get(&function).is_some_and(|it| terminates(it))
    }

    fn discard_event(&mut self, cx: &mut Cx<'_>, request: RequestId, why: &'static str) {
        if let Some(trail) = cx.journal.resumed(request) {
            cx.end_trail(trail, None, why);
        }
        self.remove_event(cx, request);
    }

    pub(super) fn remove_event(&mut self, cx: &mut Cx<'_>, request: RequestId) {
        let Some(queued) = self.events.remove(&request) else { return };
        cx.timers.cancel(Timer::Event(request));
        cx.out.push(Effect::Release(queued.event.payload));
        cx.persist(Vec::from([Change::Delete(Key::Event(request))]));
    }

    /// A function is deleted, and its waiting events with it; one that runs is finished.
    pub(crate) fn delete_events(&mut self, cx: &mut Cx<'_>, function: FunctionId) {
        let of_function: Vec<RequestId> = self
            .events
            .iter()
            .filter(|(_, queued)| queued.event.function == function && !queued.running)
            .map(|(request, _)| *request)
            .collect();
        for request in of_function {
            // One that is not durable yet is still answered; it finds no function then.
            if !cx.tickets.has_event(request) {
                self.remove_event(cx, request);
            }
        }
    }
}

/// Why an event that is in this condition is not tried, for explanations.
fn reason(condition: Condition) -> &'static str {
    match condition {
        Condition::Success | Condition::RetriesExhausted => "it was tried",
        Condition::EventAgeExceeded => "it waited for longer than events of its function may",
        Condition::ZeroReservedConcurrency => "its function's reserved concurrency is 0",
        Condition::RecursiveInvocation => {
            "its chain of invocations came back to its function too often"
        }
    }
}
