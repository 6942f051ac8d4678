//! What a step leaves to be done once the engine's lock is let go: log lines are spelled, callers
//! answered and events delivered by the thread that stepped.

use std::sync::Arc;

use engine::effect::{Ended, LogEvent, LogLine};
use engine::id::{CallerId, EnvironmentId, PayloadId, RequestId};
use engine::node::{Delivery, NodeCommand};
use engine::time::Time;

use super::reply::InvokeOutcome;
use super::state::DueAnswer;
use super::{Driver, State};
use crate::metrics::{Figures, Metrics};
use crate::node_link::NodeLink;
use crate::output::{HeldOutput, Output, Outputs, TakesTail};
use crate::payload::EventBytes;
use crate::store::Writer;

/// What is left, in the order in which it is done.
#[derive(Default)]
pub(super) struct Deferred {
    lines: Vec<LogEvent>,
    answers: Vec<DueAnswer>,
    deliveries: Vec<(Time, Delivery, EventBytes)>,
    /// Invocations that are over; with the figures of those that did not run.
    ended: Vec<(Ended, Option<Arc<Figures>>)>,
}

impl DueAnswer {
    /// Answers once the tail of the log is there.
    fn with_tail(self) -> TakesTail {
        let DueAnswer { waiting, mut answer, .. } = self;
        Box::new(move |tail| {
            answer.tail = tail;
            drop(waiting.send(answer));
        })
    }
}

impl Driver {
    /// Leaves an event to be delivered.
    pub(super) fn deliver(
        &self,
        deferred: &mut Deferred,
        state: &mut State,
        now: Time,
        delivery: Delivery,
    ) {
        if let Some(tracer) = self.tracer.get() {
            let trace = delivery.context.as_deref().and_then(|it| it.trace.as_deref());
            tracer.delivered(delivery.request, trace);
        }
        let event = state.payloads.event(delivery.payload);
        let event = event.expect("an event is held until it was delivered for good");
        deferred.deliver(now, delivery, event);
    }
}

impl State {
    /// Leaves callers to be answered, and lets go of payloads that nobody needs any more.
    pub(super) fn settle(
        &mut self,
        deferred: &mut Deferred,
        answers: Vec<(CallerId, InvokeOutcome)>,
        released: Vec<PayloadId>,
    ) {
        for (caller, answer) in answers {
            if let Some(due) = self.answer(caller, answer) {
                deferred.answer(due);
            }
        }
        released.into_iter().for_each(|payload| self.payloads.release(payload));
    }
}

impl Deferred {
    pub(super) fn line(&mut self, event: LogEvent) {
        self.lines.push(event);
    }

    pub(super) fn answer(&mut self, answer: DueAnswer) {
        self.answers.push(answer);
    }

    pub(super) fn ended(&mut self, ended: Ended, figures: Option<Arc<Figures>>) {
        self.ended.push((ended, figures));
    }

    pub(super) fn deliver(&mut self, now: Time, delivery: Delivery, event: EventBytes) {
        self.deliveries.push((now, delivery, event));
    }

    /// Does what is left, and is empty again. `lock` is the engine's: it is let go as soon as what
    /// is logged of an environment cannot be overtaken by what a later step logs of it. `waits` is
    /// whether an answer may wait for the end of its log.
    pub(super) fn carry_out<L>(
        &mut self,
        lock: L,
        waits: bool,
        outputs: &Outputs,
        metrics: &Metrics,
        store: &Writer,
        node: Option<&Arc<dyn NodeLink>>,
    ) {
        let concerned = self.concerned(outputs);
        let mut held: Vec<_> =
            concerned.iter().map(|(environment, output)| (*environment, output.hold())).collect();
        drop(lock);
        // A log ends once the runtime is done with the invocation, which may be after its answer.
        let has_ended = |invocation| self.lines.iter().any(|line| ends(line) == Some(invocation));
        let lasts = |answer: &mut DueAnswer| answer.ends_with.is_some_and(|it| !has_ended(it));
        for answer in self.answers.extract_if(.., lasts).collect::<Vec<_>>() {
            let (environment, request) = answer.ends_with.expect("it lasts");
            match of(&mut held, environment) {
                Some(output) if waits => output.give_tail(request, answer.with_tail()),
                _ => self.answers.push(answer),
            }
        }
        // The last line of an invocation may be told with its end or long after it.
        for (ended, _) in self.ended.iter().filter(|(ended, _)| ended.outcome == "error") {
            let ran_in = ended.environment.and_then(|environment| of(&mut held, environment));
            if let Some(output) = ran_in {
                output.failed();
            }
        }
        for event in self.lines.drain(..) {
            if let Some(output) = of(&mut held, event.environment) {
                if let (LogLine::Report { duration, .. }, Some(figures)) =
                    (&event.line, output.figures())
                {
                    figures.ran(event.at, *duration);
                }
                outputs.platform(output, event.at, &event.line);
            }
        }
        for (ended, figures) in self.ended.drain(..) {
            let ran_in = ended.environment.and_then(|environment| of(&mut held, environment));
            let of_environment = || ran_in.and_then(|output| output.figures());
            match figures.as_deref().or_else(of_environment) {
                Some(figures) => figures.ended(ended.at, ended.outcome),
                None => metrics.lose(),
            }
        }
        for answer in &mut self.answers {
            if let Some((environment, _)) = answer.ends_with
                && let Some(output) = of(&mut held, environment)
            {
                answer.answer.tail = output.tail();
            }
        }
        for (now, delivery, _) in &self.deliveries {
            if let Some(output) = of(&mut held, delivery.environment) {
                outputs.platform(output, *now, &LogLine::Start(delivery.request));
            }
        }
        drop(held);
        for DueAnswer { waiting, answer, .. } in self.answers.drain(..) {
            drop(waiting.send(answer));
        }
        for (_, delivery, event) in self.deliveries.drain(..) {
            let node = node.expect("only what a node has reported ready is delivered to");
            let command = NodeCommand::Deliver(delivery);
            match event {
                EventBytes::Held(bytes) => node.command(command, Some(bytes)),
                EventBytes::Stored(request) => deliver_stored(node, command, request, store),
            }
        }
    }

    /// The outputs of the environments whose logs are concerned.
    fn concerned(&self, outputs: &Outputs) -> Vec<(EnvironmentId, Arc<Output>)> {
        let over = self.ended.iter().filter_map(|(ended, _)| ended.environment);
        let told = self.lines.iter().map(|event| event.environment).chain(over);
        let given = self.deliveries.iter().map(|(_, delivery, _)| delivery.environment);
        let asked = self.answers.iter().filter_map(|answer| answer.ends_with).map(|(id, _)| id);
        let mut concerned: Vec<(EnvironmentId, Arc<Output>)> = Vec::new();
        for id in told.chain(given).chain(asked) {
            if concerned.iter().all(|(other, _)| *other != id)
                && let Some(output) = outputs.of(id)
            {
                concerned.push((id, output));
            }
        }
        concerned
    }
}

/// The invocation whose log ends with a line, and where that is.
fn ends(event: &LogEvent) -> Option<(EnvironmentId, RequestId)> {
    match event.line {
        LogLine::Report { request, .. } => Some((event.environment, request)),
        LogLine::InitStart
        | LogLine::InitDone { .. }
        | LogLine::InitReport { .. }
        | LogLine::Start(_) => None,
    }
}

/// Delivers an event whose bytes the store has, once they are read: nobody waits for the disk here.
/// One that cannot be read is not delivered: its attempt times out.
fn deliver_stored(
    node: &Arc<dyn NodeLink>,
    command: NodeCommand,
    request: RequestId,
    store: &Writer,
) {
    let node = Arc::downgrade(node);
    store.read_event(request, move |read| match read {
        Ok(Some(bytes)) => {
            if let Some(node) = node.upgrade() {
                node.command(command, Some(bytes));
            }
        }
        Ok(None) => tracing::error!(%request, "an event is not delivered: the store has lost it"),
        Err(error) => tracing::error!(%request, %error, "an event is not delivered"),
    });
}

/// The output of an environment among those that are held.
fn of<'h, 'o>(
    held: &'h mut [(EnvironmentId, HeldOutput<'o>)],
    id: EnvironmentId,
) -> Option<&'h mut HeldOutput<'o>> {
    held.iter_mut().find(|(environment, _)| *environment == id).map(|(_, output)| output)
}
