//! What becomes of asynchronous events: attempts, waits, the end.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::base::id::{CallerId, FunctionId, RequestId, Version};
use crate::base::limits::{EVENT_BACKOFF, EVENT_BACKOFF_MOST};
use crate::base::timer::Timer;
use crate::compute::Compute;
use crate::compute::event::Queued;
use crate::compute::invocation::{Detail, Ending, Invocation, Of};
use crate::cx::Cx;
use crate::effect::{Effect, InvokeRefusal, InvokeResult, Throttle};
use crate::input::Invoke;
use crate::network::Network;
use crate::node::EventContext;
use crate::record::event::{Event, Qualifier};
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
        let event = Event {
            request,
            function,
            qualifier: invoke.qualifier,
            payload: invoke.payload,
            length: invoke.length,
            came: cx.now,
            attempts: 0,
            client_context: invoke.context.and_then(|context| context.client),
            role: invoke.role,
        };
        let record = Record::Event(event.clone());
        self.events.insert(request, Queued::restored(event));
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
        let Some(queued) = self.events.get_mut(&request).filter(|queued| !queued.running) else {
            return;
        };
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
        if cx.now - event.came > cx.limits.event_age {
            return self.discard_event(cx, request, "EventAgeExceeded");
        }
        if function.reserved == Some(0) {
            return self.discard_event(cx, request, "ZeroReservedConcurrency");
        }
        if configuration.state.busy().is_some() {
            self.restore_network(cx, network, event.function);
            return self.back_off(cx, request);
        }
        queued.running = true;
        let attempt = event.attempts + 1;
        let context =
            event.client_context.map(|client| EventContext { client: Some(client), trace: None });
        let detail = Detail {
            context: context.map(Box::new),
            attempt,
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
        if self.run(cx, network, Of { request, function, version, home }, invocation).is_err() {
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
    pub(crate) fn event_ended(&mut self, cx: &mut Cx<'_>, request: RequestId, ending: Ending) {
        let has_failed = match ending {
            Ending::Refused(_) => {
                if self.events.contains_key(&request) {
                    self.back_off(cx, request);
                }
                return;
            }
            Ending::Ran(InvokeResult::Response(payload)) => {
                cx.out.push(Effect::Release(payload));
                false
            }
            Ending::Ran(InvokeResult::Error(payload)) => {
                cx.out.push(Effect::Release(payload));
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
        let waits = cx.limits.retry_waits;
        let attempts = usize::from(queued.event.attempts);
        if !has_failed || attempts >= waits.len() {
            return self.remove_event(cx, request);
        }
        queued.running = false;
        queued.event.attempts += 1;
        cx.timers.set(Timer::Event(request), cx.now + waits[attempts]);
        let record = Record::Event(queued.event.clone());
        cx.persist(Vec::from([Change::Put(Box::new(record))]));
    }

    fn discard_event(&mut self, cx: &mut Cx<'_>, request: RequestId, why: &'static str) {
        if let Some(trail) = cx.journal.resumed(request) {
            cx.end_trail(trail, None, why);
        }
        self.remove_event(cx, request);
    }

    fn remove_event(&mut self, cx: &mut Cx<'_>, request: RequestId) {
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
