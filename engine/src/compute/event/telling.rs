//! Who is told how an asynchronous event ended: destinations and dead-letter queues.
//!
//! An event stays stored until everybody was told. One whose server ends before is run again by the
//! next, as one that was about to end; so each is told at least once.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::base::id::{PayloadId, RequestId, Version};
use crate::base::limits::EVENT_BACKOFF;
use crate::base::timer::Timer;
use crate::compute::Compute;
use crate::compute::event::Queued;
use crate::cx::Cx;
use crate::effect::{Condition, Effect, InvokeResult, Notice, Receiver, Telling};
use crate::input::Told;
use crate::record::event::{Event, Qualifier};
use crate::record::function::{EventInvoke, Function};

/// Attempts to tell one receiver, a second and then twice as long apart each time.
const TELL_ATTEMPTS: u32 = 5;
/// Tellings that are remembered for explanations.
const REMEMBERED: usize = 1024;

/// How an event ended, while somebody is still to be told.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    telling: Telling,
    left: Vec<Receiver>,
    /// Attempts so far.
    tries: u32,
    /// Of how many of those that are being told now nothing was heard yet.
    unheard: usize,
}

/// What was told of events, for explanations: the latest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tellings(VecDeque<(RequestId, String)>);

impl Tellings {
    pub(crate) fn note(&mut self, request: RequestId, what: String) {
        if self.0.len() >= REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back((request, what));
    }

    /// What was told of an event.
    pub(crate) fn of(&self, request: RequestId) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(of, _)| *of == request).map(|(_, what)| what.as_str())
    }
}

impl Function {
    /// Who is told of an event that ended so, by its qualifier and the version that it was for.
    fn receivers(&self, qualifier: &str, version: Version, condition: Condition) -> Vec<Receiver> {
        let config = self.event_invoke.get(qualifier);
        if condition == Condition::Success {
            let destination = config.and_then(|config| config.on_success.clone());
            return destination.map(Receiver::Destination).into_iter().collect();
        }
        let destination = config.and_then(|config| config.on_failure.clone());
        let configuration = self.configuration(version);
        let dead_letter = configuration.and_then(|each| each.settings.dead_letter.clone());
        let destination = destination.map(Receiver::Destination).into_iter();
        destination.chain(dead_letter.map(Receiver::DeadLetter)).collect()
    }
}

impl Compute {
    /// What becomes of an event, as its function is configured for what it was invoked by.
    pub(super) fn event_invoke_of(&self, event: &Event) -> Option<&EventInvoke> {
        let function = self.functions.by_id.get(&event.function)?;
        function.event_invoke.get(&self.spelled(event.qualifier))
    }

    /// By what an event's function was invoked: `$LATEST`, a version or an alias.
    fn spelled(&self, qualifier: Option<Qualifier>) -> String {
        match qualifier {
            None => Version(0).spelled(),
            Some(Qualifier::Version(version)) => version.spelled(),
            Some(Qualifier::Alias(id)) => {
                self.aliases.get(id).map(|alias| alias.name.clone()).unwrap_or_default()
            }
        }
    }

    /// An event is over: whoever is to be told is, and then it is removed.
    pub(super) fn conclude_event(
        &mut self,
        cx: &mut Cx<'_>,
        (request, version): (RequestId, Version),
        condition: Condition,
        attempts: u8,
        result: Option<InvokeResult>,
    ) {
        let response = result.as_ref().and_then(payload);
        let qualifier = self.events.get(&request).map(|queued| queued.event.qualifier);
        let qualifier = self.spelled(qualifier.flatten());
        let Some(queued) = self.events.get_mut(&request) else {
            return release(cx, response);
        };
        let function = queued.event.function;
        if condition == Condition::RetriesExhausted {
            cx.out.push(Effect::Notice(Notice::EventGivenUp { function, at: cx.now }));
        }
        let receivers = self.functions.by_id.get(&function);
        let receivers = receivers.map(|it| it.receivers(&qualifier, version, condition));
        let left = receivers.unwrap_or_default();
        if left.is_empty() {
            release(cx, response);
            return self.remove_event(cx, request);
        }
        queued.running = true;
        let (event, trace) = (queued.event.payload, queued.trace.take());
        let telling = Telling {
            request,
            function,
            qualifier,
            version,
            condition,
            attempts,
            event,
            result,
            trace,
        };
        queued.ended = Some(Box::new(Ended { telling, left, tries: 0, unheard: 0 }));
        self.tell_event(cx, request);
    }

    /// Tells all who are left of an event that is over.
    pub(super) fn tell_event(&mut self, cx: &mut Cx<'_>, request: RequestId) {
        let ended = self.events.get_mut(&request).and_then(|queued| queued.ended.as_mut());
        let Some(ended) = ended else { return };
        ended.tries += 1;
        ended.unheard = ended.left.len();
        for receiver in &ended.left {
            cx.out.push(Effect::Tell(receiver.clone(), Box::new(ended.telling.clone())));
        }
    }

    /// A receiver was told of an event, or could not be.
    pub(crate) fn event_was_told(
        &mut self,
        cx: &mut Cx<'_>,
        request: RequestId,
        receiver: &Receiver,
        told: Told,
    ) {
        let queued: Option<&mut Queued> = self.events.get_mut(&request);
        let Some(ended) = queued.and_then(|queued| queued.ended.as_mut()) else { return };
        ended.unheard = ended.unheard.saturating_sub(1);
        let (arn, condition) = (receiver.arn(), ended.telling.condition.word());
        let is_over = match told {
            Told::Delivered => {
                self.tellings.note(request, format!("{arn} was told: {condition}"));
                true
            }
            Told::Refused(why) => {
                self.tellings.note(request, format!("{arn} could not be told {condition}: {why}"));
                true
            }
            Told::Later(why) if ended.tries >= TELL_ATTEMPTS => {
                self.tellings.note(request, format!("{arn} could not be told {condition}: {why}"));
                true
            }
            Told::Later(_) => false,
        };
        if is_over {
            ended.left.retain(|other| other != receiver);
        }
        if ended.unheard > 0 {
            return;
        }
        if ended.left.is_empty() {
            let response = ended.telling.result.as_ref().and_then(payload);
            release(cx, response);
            return self.remove_event(cx, request);
        }
        let wait: Duration = EVENT_BACKOFF * 2u32.pow(ended.tries - 1);
        cx.timers.set(Timer::Event(request), cx.now + wait);
    }
}

fn payload(result: &InvokeResult) -> Option<PayloadId> {
    match result {
        InvokeResult::Response(payload) | InvokeResult::Error(payload) => Some(*payload),
        InvokeResult::TimedOut(_)
        | InvokeResult::Died(_)
        | InvokeResult::TooLarge(_)
        | InvokeResult::InitTimedOut(_) => None,
    }
}

fn release(cx: &mut Cx<'_>, response: Option<PayloadId>) {
    if let Some(payload) = response {
        cx.out.push(Effect::Release(payload));
    }
}
