//! Asynchronous events: durable before they are accepted, run with AWS's retries.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{CallerId, FunctionId, RequestId, Version};
use crate::base::limits::{EVENT_BACKOFF, EVENT_BACKOFF_MOST};
use crate::base::time::Time;
use crate::base::timer::Timer;
use crate::compute::invocation::{Detail, Ending, Invocation, Of};
use crate::effect::{Effect, EffectSink, InvokeResult, Refusal, Throttle};
use crate::engine::Engine;
use crate::input::Invoke;
use crate::node::EventContext;
use crate::record::event::Event;
use crate::record::{Change, Key, Record};
use crate::tickets::Waiting;

/// An event with what need not survive a restart.
#[derive(Debug, Clone)]
pub(crate) struct Queued {
    pub(crate) event: Event,
    /// The last wait after a throttling.
    backoff: Duration,
    running: bool,
}

impl Queued {
    pub(crate) fn restored(event: Event) -> Queued {
        Queued { event, backoff: Duration::ZERO, running: false }
    }
}

impl Engine {
    /// Takes an event: answered when it is durable, and run then.
    pub(crate) fn accept_event(
        &mut self,
        now: Time,
        request: RequestId,
        function: FunctionId,
        invoke: Invoke,
        out: &mut dyn EffectSink,
    ) {
        if self.events.len() >= self.config.limits.events_waiting {
            out.push(Effect::Release(invoke.payload));
            let refusal = Refusal::Throttled(Throttle::Events);
            out.push(Effect::Respond(invoke.caller, Box::new(Err(refusal))));
            return;
        }
        let event = Event {
            request,
            function,
            qualifier: invoke.qualifier,
            payload: invoke.payload,
            length: invoke.length,
            came: now,
            attempts: 0,
            client_context: invoke.context.and_then(|context| context.client),
            role: invoke.role,
        };
        let record = Record::Event(event.clone());
        self.events.insert(request, Queued::restored(event));
        let changes = Vec::from([Change::Put(Box::new(record))]);
        let waiting = Waiting::Event(invoke.caller, request);
        self.persist_for(waiting, changes, out);
    }

    /// Tries to run an event that is due.
    pub(crate) fn event_is_due(
        &mut self,
        now: Time,
        request: RequestId,
        mut out: &mut dyn EffectSink,
    ) {
        let Some(queued) = self.events.get_mut(&request).filter(|queued| !queued.running) else {
            return;
        };
        let event = queued.event.clone();
        let function = self.functions.by_id.get(&event.function);
        let version = event.qualifier.unwrap_or(Version(0));
        let found = function.and_then(|each| Some((each, each.configuration(version)?)));
        let Some((function, configuration)) = found else {
            return self.discard_event(now, request, "deleted", out);
        };
        if now - event.came > self.config.limits.event_age {
            return self.discard_event(now, request, "EventAgeExceeded", out);
        }
        if function.reserved == Some(0) {
            return self.discard_event(now, request, "ZeroReservedConcurrency", out);
        }
        if configuration.state.busy().is_some() {
            self.restore_network(now, event.function, out);
            return self.back_off(now, request);
        }
        queued.running = true;
        let attempt = event.attempts + 1;
        let context =
            event.client_context.map(|client| EventContext { client: Some(client), trace: None });
        let detail = Detail {
            context: context.map(Box::new),
            attempt,
            is_qualified: event.qualifier.is_some(),
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
        if self.run(now, Of { request, function, version, home }, invocation, &mut out).is_err() {
            self.back_off(now, request);
        }
    }

    /// Puts an event back for a while that grows.
    fn back_off(&mut self, now: Time, request: RequestId) {
        let queued = self.events.get_mut(&request).expect("the caller has it");
        queued.running = false;
        queued.backoff = (queued.backoff * 2).clamp(EVENT_BACKOFF, EVENT_BACKOFF_MOST);
        let due = now + queued.backoff;
        self.timers.set(Timer::Event(request), due);
    }

    /// An attempt has ended: done, or again after a while.
    pub(crate) fn event_ended(
        &mut self,
        now: Time,
        request: RequestId,
        ending: Ending,
        out: &mut dyn EffectSink,
    ) {
        let has_failed = match ending {
            Ending::Refused(_) => {
                if self.events.contains_key(&request) {
                    self.back_off(now, request);
                }
                return;
            }
            Ending::Ran(InvokeResult::Response(payload)) => {
                out.push(Effect::Release(payload));
                false
            }
            Ending::Ran(InvokeResult::Error(payload)) => {
                out.push(Effect::Release(payload));
                true
            }
            Ending::Ran(
                InvokeResult::TimedOut(_)
                | InvokeResult::Died(_)
                | InvokeResult::TooLarge(_)
                | InvokeResult::InitTimedOut(_),
            ) => true,
        };
        let Some(queued) = self.events.get_mut(&request) else { return };
        let waits = self.config.limits.retry_waits;
        let attempts = usize::from(queued.event.attempts);
        if !has_failed || attempts >= waits.len() {
            return self.remove_event(request, out);
        }
        queued.running = false;
        queued.event.attempts += 1;
        self.timers.set(Timer::Event(request), now + waits[attempts]);
        let record = Record::Event(queued.event.clone());
        self.persist(Vec::from([Change::Put(Box::new(record))]), out);
    }

    fn discard_event(
        &mut self,
        now: Time,
        request: RequestId,
        why: &'static str,
        out: &mut dyn EffectSink,
    ) {
        if let Some(trail) = self.journal.resumed(request) {
            self.end_trail(now, trail, why);
        }
        self.remove_event(request, out);
    }

    fn remove_event(&mut self, request: RequestId, out: &mut dyn EffectSink) {
        let Some(queued) = self.events.remove(&request) else { return };
        self.timers.cancel(Timer::Event(request));
        out.push(Effect::Release(queued.event.payload));
        self.persist(Vec::from([Change::Delete(Key::Event(request))]), out);
    }

    /// A function is deleted, and its waiting events with it; one that runs is finished.
    pub(crate) fn delete_events(&mut self, function: FunctionId, out: &mut dyn EffectSink) {
        let of_function: Vec<RequestId> = self
            .events
            .iter()
            .filter(|(_, queued)| queued.event.function == function && !queued.running)
            .map(|(request, _)| *request)
            .collect();
        for request in of_function {
            // One that is not durable yet is still answered; it finds no function then.
            if !self.tickets.has_event(request) {
                self.remove_event(request, out);
            }
        }
    }
}
